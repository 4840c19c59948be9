// The state of the foreign NetServer: text files in one folder, which the runner reads and writes too.
#pragma once
#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

inline std::vector<std::string> split(const std::string &text, char by) {
  std::vector<std::string> parts(1);
  for (char each : text)
    if (each == by) parts.emplace_back();
    else parts.back() += each;
  return parts;
}

class State {
 public:
  explicit State(const std::string &folder) : folder(folder) {}

  /** The rows of a file, cells separated by tabs. */
  std::vector<std::vector<std::string>> rows(const std::string &name) const {
    std::lock_guard<std::recursive_mutex> mine(turn);
    std::ifstream file(folder + "/" + name);
    std::vector<std::vector<std::string>> all;
    for (std::string line; std::getline(file, line);)
      if (!line.empty()) all.push_back(split(line, '\t'));
    return all;
  }

  bool has(const std::string &name, const std::string &line) const {
    const auto all = rows(name);
    return std::any_of(all.begin(), all.end(), [&](const auto &row) { return row[0] == line; });
  }

  void append(const std::string &name, const std::vector<std::string> &cells) const {
    std::lock_guard<std::recursive_mutex> mine(turn);
    std::string line;
    for (const std::string &cell : cells) line += (line.empty() ? "" : "\t") + cell;
    std::ofstream(folder + "/" + name, std::ios::app) << line << "\n";
  }

  void remove(const std::string &name, const std::string &line) const {
    std::lock_guard<std::recursive_mutex> mine(turn);
    const auto all = rows(name);
    std::ofstream file(folder + "/" + name);
    for (const auto &row : all)
      if (row[0] != line) file << row[0] << "\n";
  }

  void complain(std::string what) const {
    std::replace_if(what.begin(), what.end(), [](char each) { return each == '\t' || each == '\n'; }, ' ');
    append("complaints", {what});
  }

 private:
  const std::string folder;
  mutable std::recursive_mutex turn;
};
