// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/safe_text.hpp"
#include "cel/builtins.hpp"

// RE2 takes at most the length of the text times that of the pattern, whatever the pattern: that is
// why CEL prescribes it.
// Source: cel-spec, doc/langdef.md, "Regular Expressions".
namespace octroi::cel {
namespace {

constexpr std::int64_t k_pattern_memory_bytes_max = 1024 * 1024;
constexpr std::size_t k_compile_steps = 1000;  ///< what compiling a pattern costs at least
/// What RE2 compiles at most in that memory; what it refuses as too large has cost about as much.
constexpr std::size_t k_instructions_max = 16 * 1024;

/// What it costs at worst to look for a pattern in a text: a step is about 64 of its instructions
/// for one byte.
std::size_t steps_to_match(std::string_view text, const RE2& pattern) {
  return 1 + text.size() * (1 + static_cast<std::size_t>(pattern.ProgramSize()) / 64);
}

RE2::Options pattern_options() {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(k_pattern_memory_bytes_max);
  return options;
}

std::size_t steps_to_compile(const std::string& source, const RE2& compiled) {
  return k_compile_steps + source.size() +
         (compiled.ok() ? static_cast<std::size_t>(compiled.ProgramSize()) : k_instructions_max);
}

}  // namespace

class PatternCache {
 public:
  /// The compiled pattern, good or not (see RE2::ok).
  const RE2& compile(const std::string& pattern, Budget& budget) {
    const auto found = patterns_.find(pattern);
    if (found != patterns_.end()) return found->second;
    if (patterns_.size() == limits::k_expression_patterns_max) patterns_.clear();
    const RE2& compiled = patterns_.try_emplace(pattern, pattern, pattern_options()).first->second;
    budget.spend(steps_to_compile(pattern, compiled));
    return compiled;
  }

 private:
  std::map<std::string, RE2> patterns_;
};

Context::Context() = default;
Context::~Context() = default;

namespace builtins {
namespace {

Evaluated matches(Arguments arguments, Context& context) {
  if (arguments[0].kind() != TypeKind::string || arguments[1].kind() != TypeKind::string) {
    return no_such_overload("matches", arguments);
  }
  const std::string& text = arguments[0].as_string();
  const std::string& source = arguments[1].as_string();
  if (!context.patterns) context.patterns = std::make_unique<PatternCache>();
  const RE2& pattern = context.patterns->compile(source, context.budget);
  if (!pattern.ok()) {
    return failure(fmt::format("invalid regular expression {}: {}", in_quotes(source),
                               printable(pattern.error())));
  }
  if (!context.budget.spend(steps_to_match(text, pattern))) return Value(false);
  return Value(RE2::PartialMatch(text, pattern));
}

}  // namespace

struct Pattern::Compiled {
  explicit Compiled(const std::string& source)
      : pattern(source, pattern_options()), steps(steps_to_compile(source, pattern)) {}
  RE2 pattern;
  std::size_t steps;
};

Pattern::Pattern(const std::string& source) : compiled_(std::make_unique<const Compiled>(source)) {}
Pattern::~Pattern() = default;

bool Pattern::is_valid() const {
  return compiled_->pattern.ok();
}

bool Pattern::matches(std::string_view text, Budget& budget) const {
  budget.spend(compiled_->steps);
  if (!budget.spend(steps_to_match(text, compiled_->pattern))) return false;
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->pattern);
}

void add_patterns(Functions& functions) {
  functions.push_back(global("matches", matches, {"string, string -> bool"}));
  functions.push_back(member("matches", matches, {"string, string -> bool"}));
}

}  // namespace builtins
}  // namespace octroi::cel
