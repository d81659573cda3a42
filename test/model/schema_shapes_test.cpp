// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"
#include "base/limits.hpp"
#include "support/shape_changes.hpp"

using namespace octroi;
using json::Value;
using test::Both;

namespace {

const std::string k_digest = "\"" + std::string(64, 'a') + "\"";

Value token() {
  return json::read(
      R"({"aud":"cnam","conditions":["à Paris"],"datasets":[{"components":["DCIR","PMSI-MCO"],
      "extent":"extract","format":"pseudonymised","id":"snds-main-base"}],"decision":"D-2026-0003",
      "digests":{"assessment":)" +
          k_digest + R"(,"decision":)" + k_digest + R"(,"request":)" + k_digest +
          R"(,"rulebooks":{"cnam-2021":)" + k_digest + R"(}},"endorsements":[)" + k_digest +
          R"(],"environment":{"provider":"azure-hub","service":"project space"},
      "exp":"2028-03-02T23:59:59Z","iat":"2026-03-02T08:01:38Z","iss":"council.example/data-access",
      "jti":"019cad91-2ad0-755f-a83b-68e2670a2df3","nbf":"2026-03-02T08:01:38Z",
      "purposes":["snds:6","duo:DUO:0000007"],"status":{"status_list":{"idx":4846,
      "uri":"https://council.example/data-access/status/1"}},"sub":"R-2026-0006",
      "users":["analyst-1","analyst-2"],"version":1})",
      "token");
}

Value trust() {
  const std::string moment = "\"2026-03-02T08:00:00Z\"";
  return json::read(
      R"({"$schema":"s","$comment":["a","b"],"as_of":)" + moment +
          R"(,"board":"Conseil","events":7,"format":"octroi/trust/1","origin":"a.example/b",
      "requires_status":true,"requires_proof":false,"log_policy":"p","log_keys":[{"vkey":"a/b+01234567+)" +
          std::string(44, 'A') + R"(","from":)" + moment +
          R"(}],"seals":[{"$comment":"c","from":)" + moment + R"(,"until":)" + moment +
          R"(,"compromised_from":)" + moment + R"(,"key":"k4.public.)" + std::string(43, 'A') +
          R"(","kid":"k4.pid.)" + std::string(44, 'A') + R"(","previous":"k4.pid.)" +
          std::string(44, 'B') + R"(","handover":")" + std::string(86, '_') + R"("}]})",
      "trust");
}

Value example(const std::string& path) {
  const std::string file = OCTROI_SOURCE "/examples/" + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

}  // namespace

TEST_CASE("a shape accepts what its schema accepts, and nothing else") {
  const auto [name, value] = GENERATE(
      table<std::string, Value>({{"token", token()},
                                 {"trust", trust()},
                                 {"request", example("cnam-2021/request-treatment.json")},
                                 {"request", example("cnam-2021/request-whole-base.json")},
                                 {"provider", example("cnam-2021/provider-azure-hub.json")},
                                 {"charter", example("cnam-2021/charter.json")}}));
  INFO(name);
  Both both(name);
  both.ask(value);
  REQUIRE(both.accepted == 1);
  test::for_each_change(value, [&](const Value& changed) { both.ask(changed); });
  CHECK(both.accepted > 100);
  CHECK(both.refused > 1000);
}

TEST_CASE("a list that must hold each text once is looked at whole") {
  Both both("token");
  Value value = token();
  std::vector<std::string> purposes;
  for (int i = 0; i < 99; ++i) purposes.push_back("snds:" + std::to_string(i));
  value.set("purposes", json::strings(purposes));
  both.ask(value);
  CHECK(both.accepted == 1);
  for (const std::size_t at : {0U, 50U, 98U}) {
    std::vector<std::string> repeated = purposes;
    repeated.push_back(purposes[at]);
    value.set("purposes", json::strings(repeated));
    both.ask(value);
  }
  CHECK(both.refused == 3);
}
