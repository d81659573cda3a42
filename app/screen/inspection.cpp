// SPDX-License-Identifier: Apache-2.0
#include "json/write.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"

namespace octroi::screen {
namespace {

void add_banner(Page& page) {
  const Style& style = page.style();
  const std::string line(prose_width(style), '*');
  page.prose(line, 0, Tone::bad);
  page.prose(say(Word::not_verified, style), 0, Tone::bad);
  page.prose(say(Word::not_verified_why, style), 0, Tone::bad);
  page.prose(line, 0, Tone::bad);
}

}  // namespace

// The margin keeps a payload from writing a banner, or an answer, of its own.
std::string render(const gate::Inspection& inspection, const Style& style) {
  Page page(style);
  add_banner(page);
  page.heading(say(Word::payload, style));
  page.quoted(json::pretty(inspection.payload), "  | ");
  page.heading(say(Word::footer, style));
  page.quoted(inspection.footer, "  | ");
  page.blank();
  add_banner(page);
  return std::move(page).take();
}

}  // namespace octroi::screen
