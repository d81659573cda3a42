// SPDX-License-Identifier: Apache-2.0
#include "cel/program.hpp"
#include "fuzz/target.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  cel::Environment environment;
  environment.declare_variable("x", cel::Type());
  (void)cel::Program::compile(text, environment);
  const auto compiled = cel::Program::compile_unchecked(text, environment);
  if (const auto* program = std::get_if<cel::Program>(&compiled)) (void)program->evaluate({});
}
