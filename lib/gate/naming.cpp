// SPDX-License-Identifier: Apache-2.0
#include "gate/naming.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/catalogue.hpp"
#include "json/read.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"

namespace octroi::gate {
namespace {

std::string unknown_components(json::TapeValue use, std::string_view dataset,
                               const ComponentCodes& known) {
  std::string faults;
  for (const json::TapeValue component : use.list("components")) {
    const std::string_view code = component.as_string();
    if (known.contains(code)) continue;
    faults +=
        fmt::format("{}request: dataset {} has no component {}; it has {}",
                    faults.empty() ? "" : "\n", dataset, in_quotes(code), fmt::join(known, ", "));
  }
  return faults;
}

/// A dataset that the registry has. It was valid when it was added, and its bytes are those that
/// the log names: no more of it is checked than that it lists components.
json::Value listed_dataset(Database& database, const registry::Entry& entry) {
  json::Value dataset =
      json::read(registry::load_document(database, entry.document,
                                         model::name_of(model::DocumentKind::dataset)),
                 entry.id);
  const json::Value* components = dataset.find("components");
  bool is_list = components != nullptr && components->is_array();
  if (is_list) {
    for (const json::Value& one : components->as_array()) {
      const json::Value* code = one.find("code");
      is_list = is_list && code != nullptr && code->is_string();
    }
  }
  if (!is_list) throw Error(ErrorCode::damaged, entry.id + ": its document lists no components");
  require_document_of(entry, dataset, model::DocumentKind::dataset);
  return dataset;
}

}  // namespace

ComponentCodes component_codes(const json::Value& dataset) {
  ComponentCodes codes;
  for (const json::Value& component : dataset.at("components").as_array()) {
    codes.insert(component.at("code").as_string());
  }
  return codes;
}

void require_components(json::TapeValue request, const Components& known) {
  std::string faults;
  for (const json::TapeValue use : request.at("datasets")) {
    const std::string_view id = use.at("dataset").as_string();
    const auto codes = known.find(id);
    if (codes == known.end()) broken_invariant("a dataset whose components were not looked up");
    const std::string more = unknown_components(use, id, codes->second);
    if (!faults.empty() && !more.empty()) faults += "\n";
    faults += more;
  }
  if (!faults.empty()) throw Error(ErrorCode::bad_input, faults);
}

void Naming::require_known(const json::Value& request) {
  for (const json::Value& use : request.at("datasets").as_array()) {
    add_dataset(use.at("dataset").as_string());
  }
  require_provider(request.at("environment").at("provider").as_string());
  json::Tape tape;
  tape.lay(request);
  require_components(tape.root(), components_);
}

void Naming::add_dataset(const std::string& id) {
  if (components_.contains(id)) return;
  const auto entry = registry::find_dataset(database_, id, std::nullopt);
  components_.emplace(id, component_codes(entry ? listed_dataset(database_, *entry)
                                                : show_dataset(database_, id, {}).value));
}

void Naming::require_provider(const std::string& id) {
  if (providers_.contains(id)) return;
  const auto entry = registry::find_provider(database_, id, std::nullopt);
  const bool is_there = entry && !registry::find_erasure(database_, entry->document);
  if (!is_there) static_cast<void>(show_provider(database_, id, {}));  // says what is wrong
  providers_.insert(id);
}

}  // namespace octroi::gate
