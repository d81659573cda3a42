// SPDX-License-Identifier: Apache-2.0
#include "screen/check_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/packed_texts.hpp"

namespace octroi::screen {
namespace {

/// A text of the library and its French; {} stands for what differs, in the same order.
struct CheckText {
  std::string_view en;
  std::string_view fr;
};

constexpr CheckText k_check_names[] = {{"form", "forme"},
                                       {"signature", "signature"},
                                       {"claims", "contenu"},
                                       {"board", "conseil"},
                                       {"seal in force", "sceau en vigueur"},
                                       {"not before", "début"},
                                       {"expires", "fin"},
                                       {"status", "statut"},
                                       {"log", "journal"},
                                       {"dataset", "jeu de données"},
                                       {"purpose", "finalité"},
                                       {"environment", "environnement"},
                                       {"user", "utilisateur"},
                                       {"holder", "détenteur"},
                                       {"not older", "pas plus ancien"},
                                       {"keys kept", "clés gardées"},
                                       {"demands kept", "exigences gardées"},
                                       {"same account", "récit concordant"},
                                       {"chain", "chaîne"}};

/// What identifies something is no sentence: these checks, passed, say just that.
constexpr std::array<std::string_view, 6> k_naming_checks = {"board", "dataset",     "purpose",
                                                             "user",  "environment", "holder"};

/// The first that fits is taken: what is longer stands before what it contains.
constexpr CheckText k_sentences[] = {
    {"not asked for", "non demandé"},
    {"for any", "quel que soit l'usage"},
    // a token
    {"not a v4.public token", "ce n'est pas un jeton v4.public"},
    {"the footer is not {\"kid\":…}", "le pied n'est pas {\"kid\":…}"},
    {"signed by {}, which the trust file does not have",
     "signé par {}, qui ne figure pas dans le fichier de confiance"},
    {"the trust file's kid is not that of its key",
     "le kid du fichier de confiance n'est pas celui de sa clé"},
    {"the bytes are not what {} signed", "ces octets ne sont pas ce que {} a signé"},
    {"not the claims of a release token", "le contenu n'est pas celui d'un jeton d'ouverture"},
    {"issued {}, seal {}", "délivré le {}, sceau {}"},
    {"from {} until {}, compromised from {}", "du {} au {}, compromis à partir du {}"},
    {"from {} until {}", "du {} au {}"},
    {"from {}, compromised from {}", "à partir du {}, compromis à partir du {}"},
    {"from {}", "à partir du {}"},
    {"of {}, expected {}", "de {}, au lieu de {}"},
    // its status
    {"no status list given, which the trust file demands",
     "aucune liste de statuts fournie, alors que le fichier de confiance en exige une"},
    {"no status list given", "aucune liste de statuts fournie"},
    {"the status list is no v4.public token that names its key",
     "la liste de statuts n'est pas un jeton v4.public qui nomme sa clé"},
    {"the status list is signed by {}, which the trust file does not have",
     "la liste de statuts est signée par {}, qui ne figure pas dans le fichier de confiance"},
    {"the status list is signed by a seal that was replaced {}, and nothing shows that it is in "
     "the log; get a newer one, or its proof (--status-proof)",
     "la liste de statuts est signée par un sceau remplacé le {}, et rien ne montre qu'elle figure "
     "au journal\u00a0; procurez-vous une liste plus récente, ou sa preuve (--status-proof)"},
    {"the status list is not what {} signed", "la liste de statuts n'est pas ce que {} a signé"},
    {"the seal signed it, but it is no status list",
     "le sceau l'a signée, mais ce n'est pas une liste de statuts"},
    {"the status list was made {}, when its seal was not in force",
     "la liste de statuts est datée du {}, alors que son sceau n'était pas en vigueur"},
    {"nothing shows that the status list is in the log: {}",
     "rien ne montre que la liste de statuts figure au journal\u00a0: {}"},
    {"the status list is of the future: made {}, and now is {}",
     "la liste de statuts vient du futur\u00a0: elle est datée du {}, et nous sommes le {}"},
    {"the status list is of {}, expected {}", "la liste de statuts est de {}, au lieu de {}"},
    {"the status list is {}, expected {}", "la liste de statuts est {}, au lieu de {}"},
    {"the status list has {} bits an entry, expected {}",
     "la liste de statuts a {} bits par entrée, au lieu de {}"},
    {"the status list ends before entry {}", "la liste de statuts finit avant l'entrée {}"},
    {"the status list of {} is older than {} days", "la liste de statuts du {} a plus de {} jours"},
    {"the status list of {} ended {}", "la liste de statuts du {} a pris fin le {}"},
    {"the status list gives it the status {}, which is not known",
     "la liste de statuts lui donne le statut {}, qui est inconnu"},
    {"revoked: {}", "révoqué\u00a0: {}"},
    {"suspended: {}", "suspendu\u00a0: {}"},
    {"{}; a newer one was due {}", "{}\u00a0; une plus récente était due le {}"},
    {"status list of {}, logged: {}", "liste de statuts du {}, au journal\u00a0: {}"},
    {"status list of {}", "liste de statuts du {}"},
    // its place in the log
    {"no proof of its issue given, which the trust file demands",
     "aucune preuve de sa délivrance fournie, alors que le fichier de confiance en exige une"},
    {"no proof of its issue given", "aucune preuve de sa délivrance fournie"},
    {"the trust file says nothing of a log, so no proof can be checked",
     "le fichier de confiance ne dit rien d'un journal\u00a0: aucune preuve ne peut être vérifiée"},
    {"no proof: {}", "ce n'est pas une preuve\u00a0: {}"},
    {"the proof does not hold the event that it is about",
     "la preuve ne contient pas l'événement sur lequel elle porte"},
    {"the proof holds no event: {}", "la preuve ne contient pas d'événement\u00a0: {}"},
    {"the proof is of another act: {}", "la preuve est celle d'un autre acte\u00a0: {}"},
    {"its event is of the log {}, expected {}", "son événement est du journal {}, au lieu de {}"},
    {"its event says that it is at another position of the log",
     "son événement s'attribue une autre place dans le journal"},
    {"its event is about another token", "son événement porte sur un autre jeton"},
    {"its event is about another status list",
     "son événement porte sur une autre liste de statuts"},
    {"its event is of {}, and the token says that it was issued {}",
     "son événement est daté du {}, alors que le jeton dit avoir été délivré le {}"},
    {"its event has another {} than the token",
     "son événement n'indique pas le même {} que le jeton"},
    {"its event has another {} than the status list",
     "son événement n'indique pas le même {} que la liste de statuts"},
    {"its checkpoint is of another log", "son point de contrôle est d'un autre journal"},
    {"the policy knows no log of this name", "la politique ne connaît pas de journal de ce nom"},
    {"the log did not sign with a key of the policy",
     "le journal n'a signé avec aucune clé de la politique"},
    {"a signature of a known key is wrong", "une signature d'une clé connue est fausse"},
    {"too few known witnesses cosigned; the board adds their answers with 'octroi checkpoint "
     "--cosigned FILE', and makes the proof again with 'octroi prove'",
     "trop peu de témoins connus ont cosigné\u00a0; le conseil ajoute leurs réponses avec «\u00a0"
     "octroi checkpoint --cosigned FICHIER\u00a0», et refait la preuve avec «\u00a0octroi "
     "prove\u00a0»"},
    {"a tree of size 0 has another root", "un arbre de taille 0 a une autre racine"},
    {"the hashes do not lead from the entry to the root",
     "les empreintes ne mènent pas de l'entrée à la racine"},
    {"no log key of the trust file signed it",
     "aucune clé de journal du fichier de confiance ne l'a signé"},
    {"the trust file has no log_keys, so nobody can tell when a log key signs",
     "le fichier de confiance n'a pas de log_keys\u00a0: nul ne peut dire quand une clé de journal "
     "signe"},
    {"event of {}, log key {}", "événement du {}, clé de journal {}"},
    {"event {} of a log of {}, {}", "événement {} d'un journal de {} événements, {}"},
    {"no witness asked for", "aucun témoin demandé"},
    {"witnessed by {}", "attesté par {}"},
    // a trust file
    {"signed", "signé"},
    {"nobody signed it; the board signs one with 'octroi key trust --sign'",
     "personne ne l'a signé\u00a0; le conseil en signe un avec «\u00a0octroi key trust "
     "--sign\u00a0»"},
    {"{} signed it, which is none of its seals", "signé par {}, qui n'est aucun de ses sceaux"},
    {"it does not say as of when it is", "il n'indique pas à quelle date il a été établi"},
    {"{} was not in force at {}", "{} n'était pas en vigueur le {}"},
    {"{} events at {}, before {} at {}", "{} événements le {}, contre {} le {} auparavant"},
    {"no other account of the same events", "aucun récit divergent des mêmes événements"},
    {"of the same events, with another {}", "les mêmes événements, mais un {} différent"},
    {"every key, no window opened again", "toutes les clés, aucune période rouverte"},
    {"as strict as before", "aussi strict qu'avant"},
    {"{} is gone", "{} a disparu"},
    {"log_policy has the log key {} of nobody",
     "log_policy contient la clé de journal {}, que personne ne revendique"},
    {"log_policy asks for other witnesses than before",
     "log_policy demande d'autres témoins qu'avant"},
    {"from the seal in force in the older file",
     "depuis le sceau en vigueur dans l'ancien fichier"},
    {"{} was not handed over by a seal in good standing",
     "{} ne succède pas à un sceau digne de foi"},
    {"{} is not in force in the older file, so it hands nothing over",
     "{} n'est pas en vigueur dans l'ancien fichier, et ne peut donc rien transmettre"},
    {"{} is new and stands in no handover", "{} est nouveau et n'a été désigné par aucun sceau"},
    {"{} is not in: {}", "{} ne figure pas parmi\u00a0: {}"}};

constexpr auto k_english_sentences = packed<k_sentences, &CheckText::en>();
constexpr auto k_french_sentences = packed<k_sentences, &CheckText::fr>();

/// The pieces of a text between its {}.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = text.find("{}"); at != text.npos; at = text.find("{}")) {
    pieces.push_back(text.substr(0, at));
    text.remove_prefix(at + 2);
  }
  pieces.push_back(text);
  return pieces;
}

/// What stands at each {} of a sentence, or nothing when the text is another.
std::optional<std::vector<std::string_view>> fit(std::string_view sentence, std::string_view text) {
  const std::vector<std::string_view> pieces = pieces_of(sentence);
  if (!text.starts_with(pieces.front())) return std::nullopt;
  text.remove_prefix(pieces.front().size());
  std::vector<std::string_view> found;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool is_last = i + 1 == pieces.size();
    if (is_last && !text.ends_with(pieces[i])) return std::nullopt;
    const std::size_t at = is_last ? text.size() - pieces[i].size() : text.find(pieces[i]);
    if (at == text.npos || at == 0) return std::nullopt;
    found.push_back(text.substr(0, at));
    text.remove_prefix(at + pieces[i].size());
  }
  if (!text.empty()) return std::nullopt;
  return found;
}

std::string in_french(std::string_view text) {
  for (std::size_t row = 0; row < k_english_sentences.size(); ++row) {
    const auto found = fit(k_english_sentences[row], text);
    if (!found) continue;
    const std::vector<std::string_view> pieces = pieces_of(k_french_sentences[row]);
    std::string result(pieces.front());
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      result += in_french((*found)[i - 1]);  // shorter each time
      result += pieces[i];
    }
    return result;
  }
  return std::string(text);
}

}  // namespace

std::string check_name(std::string_view name, const Style& style) {
  if (style.lang != "fr") return std::string(name);
  const auto* known = std::find_if(std::begin(k_check_names), std::end(k_check_names),
                                   [name](const CheckText& one) { return one.en == name; });
  return std::string(known == std::end(k_check_names) ? name : known->fr);
}

std::string check_sentence(std::string_view detail, const Style& style) {
  return style.lang == "fr" ? in_french(detail) : std::string(detail);
}

std::string check_detail(const gate::TokenCheck& check, const Style& style) {
  const bool is_name = check.outcome == gate::CheckOutcome::passed &&
                       std::find(k_naming_checks.begin(), k_naming_checks.end(), check.name) !=
                           k_naming_checks.end();
  return is_name ? check.detail : check_sentence(check.detail, style);
}

}  // namespace octroi::screen
