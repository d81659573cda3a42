// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction.hpp"
