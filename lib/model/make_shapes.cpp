// SPDX-License-Identifier: Apache-2.0
// octroi-shapes FILE SCHEMA...: writes the shapes of these schemas as C++ into FILE. Run by the
// build. SCHEMA is a file, or FILE#NAME for what it defines under that name.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "json/read.hpp"
#include "json/shape_writer.hpp"

namespace {

using namespace octroi;

/// The schema of what another defines.
json::Value defined(const json::Value& schema, const std::string& definition) {
  json::Value result = schema.at("definitions").at(definition);
  result.set("definitions", schema.at("definitions"));
  return result;
}

std::string shapes(int count, char** arguments) {
  std::string text =
      "// SPDX-License-Identifier: Apache-2.0\n// Generated from schemas/.\n"
      "#include \"model/schema_shapes.hpp\"\n\n"
      "namespace octroi::model {\nnamespace {\n\n";
  std::string list;
  for (int i = 2; i < count; ++i) {
    const std::string argument = arguments[i];
    const std::size_t end = std::min(argument.find('#'), argument.size());
    const std::filesystem::path path(argument.substr(0, end));
    const std::string file = path.filename().string();
    std::string name = file.substr(0, file.find('.'));
    json::Value schema = json::read(read_input(path, limits::k_document_bytes_max), path.string());
    if (end < argument.size()) {
      const std::string definition = argument.substr(end + 1);
      name += "_" + definition;
      schema = defined(schema, definition);
    }
    text += json::shape_in_cpp(schema, name);
    list += "  if (name == \"" + name + "\") return &k_" + name + ";\n";
  }
  return text + "\n}  // namespace\n\nconst json::Shape* shape_of(std::string_view name) {\n" +
         list + "  return nullptr;\n}\n\n}  // namespace octroi::model\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: octroi-shapes FILE SCHEMA...\n";
    return 2;
  }
  try {
    const std::string text = shapes(count, arguments);
    std::ofstream file(arguments[1], std::ios::binary | std::ios::trunc);
    file << text << std::flush;
    if (file) return 0;
    std::cerr << "octroi-shapes: " << arguments[1] << ": cannot be written\n";
  } catch (const std::exception& error) {
    std::cerr << "octroi-shapes: " << error.what() << "\n";
  }
  return 1;
}
