// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/program.hpp"

/// The compiled form beside the tree that it was made of, which is its reference.
namespace octroi::cel::sample {

/// What the compiled form says under some bindings, and takes from an allowance.
[[nodiscard]] Decision planned(const Program& program, const Bindings& bindings,
                               Allowance* allowance = nullptr);

/// What the tree says; the compiled form must not say otherwise, or the test fails.
[[nodiscard]] Evaluated evaluated(const Program& program, const Bindings& bindings);

/// True when a decision is one that may stand for what the tree says.
[[nodiscard]] bool agrees(Decision decision, const Evaluated& result);

}  // namespace octroi::cel::sample
