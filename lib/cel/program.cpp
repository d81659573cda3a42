// SPDX-License-Identifier: Apache-2.0
#include "cel/program.hpp"

#include "cel/checker.hpp"
#include "cel/evaluator.hpp"
#include "cel/parser.hpp"
#include "cel/resolver.hpp"

namespace octroi::cel {

struct Program::Content {
  NodePointer root;
  Type result_type;
  std::vector<std::string> references;
};

Program::Compiled Program::compile(std::string_view source, const Environment& environment,
                                   bool is_checked) {
  auto parsed = parse(source);
  if (auto* problem = std::get_if<Problem>(&parsed)) return std::vector{std::move(*problem)};
  Content content{std::get<NodePointer>(std::move(parsed)), Type(TypeKind::dyn), {}};
  resolve(*content.root, environment);
  if (is_checked) {
    Checked checked = check(*content.root, source, environment);
    if (!checked.problems.empty()) return std::move(checked.problems);
    content.result_type = std::move(checked.type);
  }
  content.references = references_of(*content.root);
  return Program(std::make_shared<const Content>(std::move(content)));
}

Program::Compiled Program::compile(std::string_view source, const Environment& environment) {
  return compile(source, environment, true);
}

Program::Compiled Program::compile_unchecked(std::string_view source,
                                             const Environment& environment) {
  return compile(source, environment, false);
}

const Type& Program::result_type() const {
  return content_->result_type;
}

const std::vector<std::string>& Program::references() const {
  return content_->references;
}

Evaluated Program::evaluate(const Bindings& bindings, Allowance* allowance) const {
  return cel::evaluate(*content_->root, bindings, allowance);
}

Plan Program::plan(const Numbering& numbering) const {
  return Plan(*content_->root, numbering);
}

}  // namespace octroi::cel
