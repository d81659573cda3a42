// SPDX-License-Identifier: Apache-2.0
// Codes of acts and reasons are the words of the log and of the options that take them: English
// shows them as they are, French says what they mean and gives the code of a reason beside it.
#include <array>
#include <utility>

#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using Translation = std::pair<std::string_view, std::string_view>;

constexpr std::array k_acts_in_french = {
    Translation{"request.submitted", "demande déposée"},
    Translation{"request.withdrawn", "demande retirée"},
    Translation{"request.assessed", "demande évaluée"},
    Translation{"decision.recorded", "décision consignée"},
    Translation{"release.endorsed", "délivrance approuvée"},
    Translation{"token.issued", "jeton délivré"},
    Translation{"token.revoked", "jeton révoqué"},
    Translation{"token.suspended", "jeton suspendu"},
    Translation{"token.resumed", "jeton rétabli"},
};

constexpr std::array k_reasons_in_french = {
    Translation{"affiliation-changed", "changement de rattachement"},
    Translation{"authority-order", "ordre d'une autorité"},
    Translation{"cause-mended", "cause corrigée"},
    Translation{"conditions-breached", "conditions non respectées"},
    Translation{"data-breach", "violation de données"},
    Translation{"data-withdrawn", "retrait des données"},
    Translation{"decision-annulled", "décision annulée"},
    Translation{"false-declaration", "fausse déclaration"},
    Translation{"host-changed", "changement chez l'hébergeur"},
    Translation{"inquiry-closed", "enquête close"},
    Translation{"issued-in-error", "délivré par erreur"},
    Translation{"key-compromise", "clé compromise"},
    Translation{"order-lifted", "ordre levé"},
    Translation{"purpose-ended", "fin de la finalité"},
    Translation{"superseded", "remplacé"},
    Translation{"under-inquiry", "enquête en cours"},
    Translation{"data-subject", "demande d'une personne concernée"},
    Translation{"retention-ended", "fin de la durée de conservation"},
    Translation{"court-order", "décision de justice"},
    Translation{"supervisory-authority", "autorité de contrôle"},
    Translation{"mistake", "erreur"},
};

constexpr std::array k_verdicts_in_french = {
    Translation{"clear", "sans obstacle"},
    Translation{"refer", "renvoi au conseil"},
    Translation{"incomplete", "incomplet"},
    Translation{"refuse", "refus"},
};

constexpr std::array k_results_in_french = {
    Translation{"granted", "accordée"},
    Translation{"refused", "refusée"},
};

template <std::size_t Size>
std::string_view in_french(const std::array<Translation, Size>& table, std::string_view code) {
  for (const auto& [known, french] : table) {
    if (known == code) return french;
  }
  return "";
}

}  // namespace

std::string act_word(std::string_view type, const Style& style) {
  const std::string_view french = style.lang == "fr" ? in_french(k_acts_in_french, type) : "";
  return std::string(french.empty() ? type : french);
}

std::string history_note(std::string_view type, const std::string& note, const Style& style) {
  if (style.lang != "fr") return note;
  if (type == "request.assessed") {
    const std::string_view french = in_french(k_verdicts_in_french, note);
    return french.empty() ? note : std::string(french) + " [" + note + "]";
  }
  const std::size_t space = note.find(' ');
  const std::string first = note.substr(0, space);
  const std::string rest = space == std::string::npos ? "" : note.substr(space + 1);
  if (type == "decision.recorded") {
    const std::string_view french = in_french(k_results_in_french, rest);
    return french.empty() ? note : first + " " + std::string(french) + " [" + rest + "]";
  }
  if (type == "token.issued" && rest.starts_with("for ")) {
    return first + " pour " + rest.substr(4);
  }
  return reason_word(note, style);
}

std::string reason_word(std::string_view code, const Style& style) {
  const std::string_view french = style.lang == "fr" ? in_french(k_reasons_in_french, code) : "";
  if (french.empty()) return std::string(code);
  return std::string(french) + " [" + std::string(code) + "]";
}

}  // namespace octroi::screen
