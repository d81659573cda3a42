// SPDX-License-Identifier: Apache-2.0
#include "gate/audit_gap.hpp"

#include "base/error.hpp"

namespace octroi::gate {
namespace {

struct GapEntry {
  AuditGapKind kind;
  std::string_view name;
  rules::Text sentence;
};

const GapEntry& gap_entry(AuditGapKind kind) {
  static const GapEntry k_entries[] = {
      {AuditGapKind::no_checkpoint,
       "no-checkpoint",
       {"Whether the newest events were cut off, an older copy was put back, or others were shown "
        "another history: only a checkpoint that was kept elsewhere tells (--against).",
        "Si les derniers événements ont été coupés, si une copie plus ancienne a été remise, ou si "
        "d'autres ont vu une autre histoire\u00a0: seul un point de contrôle gardé ailleurs le "
        "dit (--against)."}},
      {AuditGapKind::unknown_log_key,
       "unknown-log-key",
       {"Who signed the checkpoint that was given: the key is none of this registry's log keys.",
        "Qui a signé le point de contrôle donné\u00a0: la clé n'est aucune des clés de journal de "
        "ce registre."}},
      {AuditGapKind::cosignatures,
       "cosignatures",
       {"The cosignatures of witnesses on these checkpoints: their keys are not known here.",
        "Les cosignatures des témoins sur ces points de contrôle\u00a0: leurs clés ne sont pas "
        "connues ici."}},
      {AuditGapKind::clock,
       "clock",
       {"Which clock is right, the board's or this computer's: these events are dated a little "
        "after now.",
        "Quelle horloge est juste, celle du conseil ou celle de cet ordinateur\u00a0: ces "
        "événements sont datés d'un peu après maintenant."}},
      {AuditGapKind::erased_documents,
       "erased-documents",
       {"What stood in these documents: they were erased.",
        "Ce qui se trouvait dans ces documents\u00a0: ils ont été effacés."}},
      {AuditGapKind::erased_assessments,
       "erased-assessments",
       {"What the rules said in these assessments: a document that they rest on was erased, so "
        "that they cannot be computed again.",
        "Ce que les règles ont dit dans ces évaluations\u00a0: un document sur lequel elles "
        "reposent a été effacé, et elles ne peuvent être recalculées."}},
      {AuditGapKind::erased_decisions,
       "erased-decisions",
       {"Whether these decisions are logged as they were taken: their documents were erased.",
        "Si ces décisions sont au journal telles qu'elles ont été prises\u00a0: leurs documents "
        "ont été effacés."}},
      {AuditGapKind::erased_requests,
       "erased-requests",
       {"Whether somebody decided, endorsed or resumed in their own case: these requests were "
        "erased, so that nobody can be found to be named in them.",
        "Si quelqu'un a décidé, approuvé ou rétabli dans sa propre cause\u00a0: ces demandes ont "
        "été effacées, et nul ne peut plus y être trouvé nommé."}},
      {AuditGapKind::erased_tokens,
       "erased-tokens",
       {"What these tokens say: their texts were erased.",
        "Ce que disent ces jetons\u00a0: leurs textes ont été effacés."}},
      {AuditGapKind::tokens_in_part,
       "tokens-in-part",
       {"All that these tokens say: a document that they rest on was erased, and only their other "
        "claims were compared.",
        "Tout ce que disent ces jetons\u00a0: un document sur lequel ils reposent a été effacé, et "
        "seul le reste a été comparé."}},
      {AuditGapKind::after_fault,
       "after-fault",
       {"What follows the first bad event, and what rests on it: tables, documents, assessments, "
        "tokens, checkpoints.",
        "Ce qui suit le premier événement fautif et ce qui repose sur lui\u00a0: tables, "
        "documents, évaluations, jetons, points de contrôle."}},
      {AuditGapKind::tables_differ,
       "tables-differ",
       {"What assessments, decisions, tokens and status lists say: the tables that name them are "
        "not what the log gives.",
        "Ce que disent évaluations, décisions, jetons et listes de statut\u00a0: les tables qui "
        "les nomment ne sont pas celles que donne le journal."}},
      {AuditGapKind::skipped_checks,
       "skipped-checks",
       {"These checks of the token: nothing was given to compare it with.",
        "Ces contrôles du jeton\u00a0: rien n'a été donné à quoi le comparer."}},
      {AuditGapKind::no_trust_file,
       "no-trust-file",
       {"Whose keys these are: without a trust file (--trust) only those that the log itself names "
        "were asked, and whoever wrote all of it anew is not found out.",
        "À qui sont ces clés\u00a0: sans fichier de confiance (--trust), seules celles que nomme "
        "le journal ont été interrogées, et qui l'aurait récrit en entier n'est pas découvert."}},
      {AuditGapKind::no_documents,
       "no-documents",
       {"What requests, assessments, decisions and tokens say: a published log has only their "
        "digests.",
        "Ce que disent demandes, évaluations, décisions et jetons\u00a0: un journal publié n'en a "
        "que les empreintes."}},
      {AuditGapKind::undated_trust,
       "undated-trust",
       {"Whether the trust file has every key of the log, and knows of each end: it does not say "
        "as of how many events it is.",
        "Si le fichier de confiance a toutes les clés du journal et connaît la fin de "
        "chacune\u00a0: il ne dit pas combien d'événements il connaît."}},
      {AuditGapKind::catalogue_files,
       "catalogue-documents",
       {"What these documents of the catalogue say: they are not beside the log.",
        "Ce que disent ces documents du catalogue\u00a0: ils n'accompagnent pas le journal."}},
      {AuditGapKind::status_lists,
       "status-lists",
       {"What these status lists say: they are not beside the log.",
        "Ce que disent ces listes de statut\u00a0: elles n'accompagnent pas le journal."}},
      {AuditGapKind::later_acts,
       "later-acts",
       {"What was done to tokens after these status lists were made: the log has later acts on "
        "their tokens, which no list says yet.",
        "Ce qui est arrivé à des jetons après l'établissement de ces listes de statut\u00a0: le "
        "journal a des actes plus récents, qu'aucune liste ne dit encore."}},
      {AuditGapKind::pack_files,
       "pack-files",
       {"The documents, status lists and trust file of the pack that this log is part of: audit "
        "the folder above to have them looked at.",
        "Les documents, les listes de statut et le fichier de confiance du dossier d'audit dont ce "
        "journal fait partie\u00a0: contrôlez le dossier parent pour les examiner."}},
      {AuditGapKind::other_files,
       "other-files",
       {"What is in these files: they are no part of a published log.",
        "Ce que contiennent ces fichiers\u00a0: ils ne font pas partie d'un journal publié."}},
  };
  for (const GapEntry& entry : k_entries) {
    if (entry.kind == kind) return entry;
  }
  broken_invariant("a gap of an audit without a name");
}

}  // namespace

std::string_view name_of(AuditGapKind kind) {
  return gap_entry(kind).name;
}

const rules::Text& sentence_of(AuditGapKind kind) {
  return gap_entry(kind).sentence;
}

json::Value to_json(const AuditGap& gap) {
  return json::object({{"code", std::string(name_of(gap.kind))},
                       {"what", sentence_of(gap.kind).en},
                       {"names", json::strings(gap.names)}});
}

}  // namespace octroi::gate
