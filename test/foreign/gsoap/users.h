// Values in the memory of a call, and the list of users behind the archive provider InternalUsers.
#pragma once
#include <stdexcept>

#include "soapStub.h"
#include "state.h"

using Cells = std::vector<std::string>;

template <class T>
inline T *make(struct soap *soap, T value) {
  T *made = static_cast<T *>(soap_malloc(soap, sizeof(T)));
  return new (made) T(value);
}
inline std::string *text(struct soap *soap, const std::string &value) {
  std::string *made = soap_new_std__string(soap, -1);
  *made = value;
  return made;
}
inline std::string joined(const std::vector<int> &numbers) {
  std::string all;
  for (int number : numbers) all += (all.empty() ? "" : ",") + std::to_string(number);
  return all;
}

inline bool everything(const ns1__ArrayOfArchiveRestrictionInfo *restrictions) {
  if (!restrictions || restrictions->ArchiveRestrictionInfo.size() != 1) return false;
  const auto *only = restrictions->ArchiveRestrictionInfo[0];
  return *only->Name == "getAllRows" && *only->Operator == "=" && only->Values->string == Cells{"1"} && only->IsActive && *only->IsActive;
}

inline std::vector<Cells> usersOf(const State &state, const Cells &entities, bool byId) {
  const auto asks = [&](const char *entity) { return std::find(entities.begin(), entities.end(), entity) != entities.end(); };
  std::vector<Cells> users;
  for (const Cells &row : state.rows("associates")) {
    if (row[5] != "InternalAssociate") continue;
    const bool retired = row[6] == "1";
    if ((asks("all") && !retired) || (asks("retired") && retired) || (asks("loggedOnWin") && state.has("on", row[0]))) users.push_back(row);
  }
  std::sort(users.begin(), users.end(), [&](const Cells &one, const Cells &other) {
    return byId ? std::stoi(one[0]) < std::stoi(other[0]) : one[2] < other[2];
  });
  return users;
}

inline std::string cell(const State &state, const Cells &row, const std::string &column) {
  if (column == "associateDbId") return "[I:" + row[0] + "]";
  if (column == "assocName" || column == "userName") return row[1];
  if (column == "fullName") return row[2];
  if (column == "personEmail") return row[3];
  if (column != "usergroup") throw std::invalid_argument("no column " + column);
  for (const Cells &group : state.rows("groups"))
    if (group[0] == row[4]) return group[1];
  return "";
}
