// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>

#include "cel/value.hpp"

namespace octroi::cel {

/// A value as plans read it: sixteen bytes, copied freely; its content is borrowed.
class View {
 public:
  enum class Kind : std::uint8_t {
    unread = 0,  ///< of a slot that nobody has asked for
    none,        ///< there is no value; maybe with the number of the slot that is why
    boolean,
    integer,
    text,
    list,
    object,  ///< with fields that are laid out
    sealed,  ///< of which no more is known than that it is an object, or a number
    other,   ///< a Value of another kind
  };
  struct Field;

  View() = default;  ///< View{} is unread
  [[nodiscard]] static View none() { return View(Kind::none, std::int64_t{0}); }
  [[nodiscard]] static View absent(std::size_t slot) {
    return View(Kind::none, static_cast<std::int64_t>(slot) + 1);
  }
  [[nodiscard]] static View of(bool value) { return View(Kind::boolean, value); }
  [[nodiscard]] static View of(std::int64_t value) { return View(Kind::integer, value); }
  [[nodiscard]] static View of(std::string_view text) {
    return View(Kind::text, text.size(), text.data());
  }
  static View of(const char*) = delete;  // a pointer is a boolean too
  [[nodiscard]] static View of(std::span<const View> elements) {
    return View(Kind::list, elements.size(), elements.data());
  }
  [[nodiscard]] static View of(std::span<const Field> fields);
  /// `content` is for whoever made it.
  [[nodiscard]] static View sealed(const void* content) { return View(Kind::sealed, 0, content); }
  [[nodiscard]] static View other(const Value& value) { return View(Kind::other, 0, &value); }

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }

  // INVARIANT: each is asked of its own kind only.
  [[nodiscard]] bool as_boolean() const { return integer_ != 0; }
  [[nodiscard]] std::int64_t as_integer() const { return integer_; }
  [[nodiscard]] std::string_view as_text() const {
    return {static_cast<const char*>(content_), size_};
  }
  [[nodiscard]] std::span<const View> as_list() const {
    return {static_cast<const View*>(content_), size_};
  }
  [[nodiscard]] std::span<const Field> as_object() const;
  /// The field of that name of an object, or nullptr.
  [[nodiscard]] const Field* find_field(std::string_view name) const;
  [[nodiscard]] const void* content() const { return content_; }
  /// The slot that is empty, where that is why there is no value.
  [[nodiscard]] std::optional<std::size_t> absent_slot() const {
    if (integer_ == 0) return std::nullopt;
    return static_cast<std::size_t>(integer_ - 1);
  }
  [[nodiscard]] const Value& as_other() const { return *static_cast<const Value*>(content_); }

 private:
  View(Kind kind, std::size_t size, const void* content)
      : content_(content), size_(static_cast<std::uint32_t>(size)), kind_(kind) {}
  View(Kind kind, std::int64_t integer) : integer_(integer), size_(0), kind_(kind) {}

  // Without initialisers, so that rows of them are made at once.
  union {
    const void* content_;
    std::int64_t integer_;
  };
  std::uint32_t size_;
  Kind kind_;
};

struct View::Field {
  std::string_view name;
  View value;
};

inline View View::of(std::span<const Field> fields) {
  return View(Kind::object, fields.size(), fields.data());
}

inline std::span<const View::Field> View::as_object() const {
  return {static_cast<const Field*>(content_), size_};
}

inline const View::Field* View::find_field(std::string_view name) const {
  for (const Field& field : as_object()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

/// Keeps what views of lists and objects look at.
class ViewRoom {
 public:
  ViewRoom() = default;
  /// With that many bytes from the beginning.
  explicit ViewRoom(std::size_t bytes) : memory_(bytes) {}

  /// Room for some items, to be filled by whoever asks.
  template <typename Item>
  [[nodiscard]] std::span<Item> make(std::size_t count) {
    if (count == 0) return {};
    auto* first = static_cast<Item*>(memory_.allocate(count * sizeof(Item), alignof(Item)));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
  }
  /// A copy of a text.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    const std::span<char> copy = make<char>(text.size());
    std::copy(text.begin(), text.end(), copy.begin());
    return {copy.data(), copy.size()};
  }
  /// A value, whose texts are borrowed from it. Maps that are no objects, and what has no kind of
  /// view of its own, are `other`.
  [[nodiscard]] View lay_out(const Value& value);

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

/// The value that a view shows; nothing for an object, whose type it does not know.
[[nodiscard]] std::optional<Value> to_value(View view);

/// The facts that plans read, by number. Each is made a view when it is first asked for, so one
/// thread uses it at a time.
class Slots {
 public:
  explicit Slots(std::size_t count) : Slots(nullptr, 0, count) {}
  /// The first `first_count` are those of others, which have all their own and must outlive this.
  Slots(Slots& first, std::size_t first_count, std::size_t count)
      : Slots(&first, first_count, count) {}
  virtual ~Slots() = default;
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;

  /// `none` for a fact that is absent, with its number.
  [[nodiscard]] View at(std::size_t number) {
    return number < first_count_ ? first_->own(number) : own(number);
  }

 private:
  /// `none` for a fact that is absent.
  virtual View read(std::size_t number) = 0;

  Slots(Slots* first, std::size_t first_count, std::size_t count)
      : first_(first),
        first_count_(first_count),
        views_(std::make_unique_for_overwrite<View[]>(count - first_count)) {
    // INVARIANT: a view of zeros is unread. Most slots are never asked for.
    std::memset(views_.get(), 0, (count - first_count) * sizeof(View));
  }

  View own(std::size_t number) {
    View& known = views_[number - first_count_];
    if (known.is(View::Kind::unread)) {
      const View fact = read(number);
      known = fact.is(View::Kind::none) ? View::absent(number) : fact;
    }
    return known;
  }

  Slots* first_;
  std::size_t first_count_;
  std::unique_ptr<View[]> views_;
};

}  // namespace octroi::cel
