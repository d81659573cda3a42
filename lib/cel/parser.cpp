// SPDX-License-Identifier: Apache-2.0
#include "cel/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/literal.hpp"
#include "cel/macros.hpp"
#include "cel/token.hpp"

namespace octroi::cel {
namespace {

using Nodes = std::vector<NodePointer>;

/// Words that cannot name a variable, though they can name a field.
constexpr std::array<std::string_view, 20> k_reserved = {
    "as", "break", "const", "continue",  "else", "false",   "for",    "function", "if",  "import",
    "in", "let",   "loop",  "namespace", "null", "package", "return", "true",     "var", "void"};

constexpr std::array<std::string_view, 7> k_relations = {"<", "<=", ">=", ">", "==", "!=", "in"};
constexpr std::array<std::string_view, 2> k_additions = {"+", "-"};
constexpr std::array<std::string_view, 3> k_multiplications = {"*", "/", "%"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_reserved(std::string_view word) {
  return word == "while" || contains(k_reserved, word);
}

bool is_signed_number(const Token& token) {
  return token.kind == TokenKind::integer || token.kind == TokenKind::floating;
}

/// True for what may stand after a dot: any word but a keyword, and what is in backticks.
bool is_field_name(const Token& token) {
  constexpr std::array<std::string_view, 4> k_keywords = {"in", "true", "false", "null"};
  return token.kind == TokenKind::quoted_word ||
         (token.kind == TokenKind::word && !contains(k_keywords, token.text));
}

/// Recursive descent, a function per rule of the grammar. After a problem every function returns
/// nullptr and nothing more is read.
class Parser {
 public:
  Parser(std::string_view source, std::vector<Token> tokens)
      : source_(source), tokens_(std::move(tokens)) {}

  std::variant<NodePointer, Problem> run() {
    NodePointer root = parse_expression();
    if (root && peek().kind != TokenKind::end) fail_expected("an operator or the end");
    if (problem_) return *problem_;
    return root;
  }

 private:
  NodePointer parse_expression();
  NodePointer parse_conditional();
  NodePointer parse_logical(bool is_and);
  NodePointer parse_relation();
  NodePointer parse_addition();
  NodePointer parse_multiplication();
  NodePointer parse_unary();
  NodePointer parse_negation(std::string_view sign);
  NodePointer parse_member();
  NodePointer parse_after_dot(NodePointer operand);
  NodePointer parse_index(NodePointer operand);
  NodePointer parse_object(NodePointer name);
  NodePointer parse_primary();
  NodePointer parse_name();
  NodePointer parse_literal(bool is_negative);
  NodePointer parse_list();
  NodePointer parse_map();
  bool parse_arguments(Nodes& arguments, std::string_view closing);
  std::optional<FieldForm> parse_field();

  template <typename Next, typename Signs>
  NodePointer parse_binary(const Signs& signs, Next next);

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool take_if(std::string_view sign) {
    if (!peek().is(sign)) return false;
    ++at_;
    return true;
  }
  bool expect(std::string_view sign) {
    if (!problem_ && !take_if(sign)) fail_expected(in_quotes(sign));
    return !problem_;
  }
  std::nullptr_t fail(std::size_t offset, std::string message);
  std::nullptr_t fail_expected(std::string_view what);
  std::nullptr_t fail_depth(std::size_t offset);

  NodePointer make(Node node, std::size_t offset);
  template <typename Form>
  NodePointer make(std::size_t offset, Form form) {
    return make(Node{std::move(form)}, offset);
  }
  NodePointer make_call(std::size_t offset, Call call);
  NodePointer make_operator(std::size_t offset, std::string name, NodePointer left,
                            NodePointer right = nullptr);

  std::string_view source_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::optional<Problem> problem_;
};

std::nullptr_t Parser::fail(std::size_t offset, std::string message) {
  if (!problem_) problem_ = problem_at(source_, offset, std::move(message));
  return nullptr;
}

std::nullptr_t Parser::fail_expected(std::string_view what) {
  const Token& found = peek();
  const std::string got =
      found.kind == TokenKind::end ? "the end of the expression" : in_quotes(found.text);
  return fail(found.offset, fmt::format("expected {}, got {}", what, got));
}

std::nullptr_t Parser::fail_depth(std::size_t offset) {
  return fail(offset, fmt::format("expected an expression of at most {} nested levels "
                                  "(expression depth limit)",
                                  limits::k_expression_depth_max));
}

NodePointer Parser::make(Node node, std::size_t offset) {
  if (problem_) return nullptr;
  node.offset = offset;
  node.depth = 1;
  for_each_child(node,
                 [&](const Node& child) { node.depth = std::max(node.depth, child.depth + 1); });
  if (node.depth > limits::k_expression_depth_max) return fail_depth(offset);
  return std::make_unique<Node>(std::move(node));
}

NodePointer Parser::make_call(std::size_t offset, Call call) {
  if (problem_) return nullptr;
  if (!is_macro(call)) return make(offset, std::move(call));
  Expanded expanded = expand_macro(std::move(call));
  if (const auto* fault = std::get_if<MacroFault>(&expanded)) {
    return fail(fault->offset, fault->message);
  }
  return make(std::get<Node>(std::move(expanded)), offset);
}

NodePointer Parser::make_operator(std::size_t offset, std::string name, NodePointer left,
                                  NodePointer right) {
  if (problem_) return nullptr;
  Call call;
  call.function = std::move(name);
  call.arguments.push_back(std::move(left));
  if (right) call.arguments.push_back(std::move(right));
  return make(offset, std::move(call));
}

NodePointer Parser::parse_expression() {
  if (++nesting_ > limits::k_expression_depth_max) return fail_depth(peek().offset);
  NodePointer result = parse_conditional();
  --nesting_;
  return result;
}

NodePointer Parser::parse_conditional() {
  NodePointer condition = parse_logical(false);
  if (!condition || !peek().is("?")) return condition;
  const std::size_t offset = take().offset;
  NodePointer if_true = parse_logical(false);
  if (!if_true || !expect(":")) return nullptr;
  NodePointer if_false = parse_expression();
  return make(offset, Conditional{std::move(condition), std::move(if_true), std::move(if_false)});
}

NodePointer Parser::parse_logical(bool is_and) {
  const std::string_view sign = is_and ? "&&" : "||";
  const auto next = [&] { return is_and ? parse_relation() : parse_logical(true); };
  NodePointer first = next();
  if (!first || !peek().is(sign)) return first;
  const std::size_t offset = peek().offset;
  Logical form{is_and, {}};
  form.operands.push_back(std::move(first));
  while (take_if(sign)) {
    form.operands.push_back(next());
    if (problem_) return nullptr;
  }
  return make(offset, std::move(form));
}

template <typename Next, typename Signs>
NodePointer Parser::parse_binary(const Signs& signs, Next next) {
  NodePointer left = next();
  while (left && contains(signs, peek().text) && peek().is(peek().text)) {
    const Token sign = take();
    NodePointer right = next();
    const std::string name = sign.text == "in" ? "@in" : fmt::format("_{}_", sign.text);
    left = make_operator(sign.offset, name, std::move(left), std::move(right));
  }
  return left;
}

NodePointer Parser::parse_relation() {
  return parse_binary(k_relations, [this] { return parse_addition(); });
}

NodePointer Parser::parse_addition() {
  return parse_binary(k_additions, [this] { return parse_multiplication(); });
}

NodePointer Parser::parse_multiplication() {
  return parse_binary(k_multiplications, [this] { return parse_unary(); });
}

NodePointer Parser::parse_unary() {
  if (peek().is("!")) return parse_negation("!");
  if (peek().is("-")) return parse_negation("-");
  return parse_member();
}

NodePointer Parser::parse_negation(std::string_view sign) {
  std::vector<std::size_t> offsets;
  while (peek().is(sign)) offsets.push_back(take().offset);
  if (sign == "-" && is_signed_number(peek())) {
    offsets.pop_back();  // the last minus belongs to the number: -9223372036854775808 is one
    --at_;
  }
  NodePointer result = parse_member();
  for (; result && !offsets.empty(); offsets.pop_back()) {
    result = make_operator(offsets.back(), sign == "!" ? "!_" : "-_", std::move(result));
  }
  return result;
}

NodePointer Parser::parse_member() {
  NodePointer result = parse_primary();
  while (result) {
    if (take_if(".")) {
      result = parse_after_dot(std::move(result));
    } else if (peek().is("[")) {
      result = parse_index(std::move(result));
    } else if (peek().is("{")) {
      result = parse_object(std::move(result));
    } else {
      break;
    }
  }
  return result;
}

NodePointer Parser::parse_after_dot(NodePointer operand) {
  if (!is_field_name(peek())) {
    return fail_expected("the name of a field or function");
  }
  const Token name = take();
  if (name.kind == TokenKind::word && peek().is("(")) {
    take();
    Call call{std::string(name.text), {}, true, nullptr};
    call.arguments.push_back(std::move(operand));
    if (!parse_arguments(call.arguments, ")")) return nullptr;
    return make_call(name.offset, std::move(call));
  }
  const std::size_t offset = operand->offset;
  return make(offset,
              Select{std::move(operand), std::string(name.text), name.offset, false, {}, false});
}

NodePointer Parser::parse_index(NodePointer operand) {
  const std::size_t offset = take().offset;
  NodePointer index = parse_expression();
  if (!expect("]")) return nullptr;
  return make_operator(offset, "_[_]", std::move(operand), std::move(index));
}

std::optional<FieldForm> Parser::parse_field() {
  if (!is_field_name(peek())) {
    fail_expected("the name of a field");
    return std::nullopt;
  }
  const Token name = take();
  if (!expect(":")) return std::nullopt;
  NodePointer value = parse_expression();
  if (!value) return std::nullopt;
  return FieldForm{std::string(name.text), name.offset, std::move(value)};
}

NodePointer Parser::parse_object(NodePointer name) {
  ObjectForm form{qualified_name(*name), {}, false};
  if (form.type_name.empty()) return fail_expected("an operator or the end");
  take();
  while (!peek().is("}")) {
    std::optional<FieldForm> field = parse_field();
    if (!field) return nullptr;
    form.fields.push_back(std::move(*field));
    if (!take_if(",")) break;
  }
  if (!expect("}")) return nullptr;
  return make(name->offset, std::move(form));
}

NodePointer Parser::parse_primary() {
  switch (peek().kind) {
    case TokenKind::word:
      return parse_name();
    case TokenKind::integer:
    case TokenKind::unsigned_integer:
    case TokenKind::floating:
    case TokenKind::string:
    case TokenKind::bytes:
      return parse_literal(false);
    case TokenKind::quoted_word:
    case TokenKind::end:
      return fail_expected("an expression");
    case TokenKind::sign:
      break;
  }
  if (peek().is(".") && peek(1).kind == TokenKind::word) return parse_name();
  if (peek().is("[")) return parse_list();
  if (peek().is("{")) return parse_map();
  if (peek().is("-") && is_signed_number(peek(1))) {
    take();
    return parse_literal(true);
  }
  if (!take_if("(")) return fail_expected("an expression");
  NodePointer result = parse_expression();
  return expect(")") ? std::move(result) : nullptr;
}

NodePointer Parser::parse_name() {
  const std::size_t offset = peek().offset;
  const bool is_absolute = take_if(".");
  const Token word = take();
  if (!is_absolute && (word.is("true") || word.is("false"))) {
    return make(offset, Literal{Value(word.is("true"))});
  }
  if (!is_absolute && word.is("null")) return make(offset, Literal{Value()});
  if (is_reserved(word.text)) {
    return fail(word.offset, fmt::format("expected a name, got {}, which is a reserved word",
                                         in_quotes(word.text)));
  }
  std::string name = (is_absolute ? "." : "") + std::string(word.text);
  if (!take_if("(")) return make(offset, Name{std::move(name), false});
  Call call{std::move(name), {}, false, nullptr};
  if (!parse_arguments(call.arguments, ")")) return nullptr;
  return make_call(offset, std::move(call));
}

NodePointer Parser::parse_literal(bool is_negative) {
  const Token token = take();
  LiteralValue value = value_of(token, is_negative);
  if (const auto* fault = std::get_if<LiteralFault>(&value)) {
    return fail(token.offset + fault->offset, fault->message);
  }
  return make(token.offset, Literal{std::get<Value>(std::move(value))});
}

bool Parser::parse_arguments(Nodes& arguments, std::string_view closing) {
  while (!peek().is(closing)) {
    arguments.push_back(parse_expression());
    if (problem_) return false;
    if (!take_if(",")) break;
    if (closing == ")" && peek().is(closing)) {
      fail_expected("an expression");
      return false;
    }
  }
  return expect(closing);
}

NodePointer Parser::parse_list() {
  const std::size_t offset = take().offset;
  ListForm form;
  if (!parse_arguments(form.elements, "]")) return nullptr;
  return make(offset, std::move(form));
}

NodePointer Parser::parse_map() {
  const std::size_t offset = take().offset;
  MapForm form;
  while (!peek().is("}")) {
    NodePointer key = parse_expression();
    if (!key || !expect(":")) return nullptr;
    NodePointer value = parse_expression();
    if (!value) return nullptr;
    form.entries.emplace_back(std::move(key), std::move(value));
    if (!take_if(",")) break;
  }
  if (!expect("}")) return nullptr;
  return make(offset, std::move(form));
}

}  // namespace

std::variant<NodePointer, Problem> parse(std::string_view source) {
  if (source.size() > limits::k_expression_bytes_max) {
    return problem_at(source, limits::k_expression_bytes_max,
                      fmt::format("expected an expression of at most {} bytes, got {} "
                                  "(expression length limit)",
                                  limits::k_expression_bytes_max, source.size()));
  }
  if (!is_utf8(source)) return problem_at(source, 0, "expected an expression in UTF-8");
  auto tokens = tokens_of(source);
  if (auto* problem = std::get_if<Problem>(&tokens)) return std::move(*problem);
  return Parser(source, std::get<std::vector<Token>>(std::move(tokens))).run();
}

}  // namespace octroi::cel
