// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace octroi::law {

/// Whether one disease is another or a kind of it.
enum class Kinship {
  within,   ///< it is that disease, or a kind of it
  apart,    ///< it is not: the hierarchy holds both and leads from none to the other
  unknown,  ///< a code is malformed or alone says too little, or no hierarchy holds it
};

/// Diseases, as codes of one system. Borrows the texts.
struct DiseaseTerms {
  std::string_view system;  ///< "icd-10", "mondo", "doid"
  std::vector<std::string_view> codes;
};

/// The hierarchies that disease codes are compared through: the `parents` of documents under
/// schemas/hierarchy.schema.json, by system. The values are borrowed and must outlive it. Such a
/// document is closed (every parent is a term of it) and without cycles; see semantic_faults.
class DiseaseHierarchies {
 public:
  DiseaseHierarchies() = default;
  /// `documents`: valid hierarchy documents, one for a system at most.
  explicit DiseaseHierarchies(std::vector<const json::Value*> documents)
      : documents_(std::move(documents)) {}

  /// Whether the disease of `code` lies within that of `of`, both of one system. A code is within
  /// itself, whatever the hierarchies say.
  [[nodiscard]] Kinship kinship(std::string_view system, std::string_view code,
                                std::string_view of) const;

  /// Whether every code lies within one of those allowed. Codes of two systems, or none at all, are
  /// unknown.
  [[nodiscard]] Kinship kinship(const DiseaseTerms& terms, const DiseaseTerms& allowed) const;

 private:
  /// Of the hierarchy of a system; without any term where there is none.
  [[nodiscard]] const json::Value& parents_of(std::string_view system) const;

  std::vector<const json::Value*> documents_;
};

/// The same for ICD-10, which needs no document: a subdivision lies within the category whose code
/// it continues. In chapter U codes are assigned one by one, so that there only the sets of
/// disease_scope count: U07.10 lies within U07.1, and nothing can be said of a bare U07.
/// Source: WHO ICD-10, volume 2, 2.4 (three and four characters) and the emergency codes U07–U12.
[[nodiscard]] Kinship icd_10_kinship(std::string_view code, std::string_view of);

}  // namespace octroi::law
