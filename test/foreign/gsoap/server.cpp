// The foreign NetServer on gSOAP: parser, types and serializer are generated from the vendor's published WSDL files; this file is the application
// behind them. Usage: server <state folder>. Prints its port when it serves.
#include <cstring>
#include <iostream>
#include <random>
#include <thread>

#include "netserver.nsmap"
#include "soapBasicHttpBinding_USCORESoPrincipalService.h"
#include "users.h"

namespace {

using Service = BasicHttpBinding_USCORESoPrincipalService;

const std::string NAMESPACE = "http://www.superoffice.net/ws/crm/NetServer/Services86";

class NetServer : public Service {
 public:
  explicit NetServer(const State &state) : Service(SOAP_XML_STRICT | SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE), state(state) {}
  Service *copy() override {
    auto *other = new NetServer(state);
    soap_done(other->soap);
    soap_copy_context(other->soap, soap);
    return other;
  }

  int GetSystemInfo(_ns1__GetSystemInfo *, _ns1__GetSystemInfoResponse &answer) override {
    if (misrouted("SoPrincipal", "GetSystemInfo")) return soap->error;
    auto *info = soap_new_ns1__SoSystemInfoCarrier(soap, -1);
    info->FileVersion = text(soap, "8.5.7346.1605");
    info->Description = text(soap, "SuperOffice NetServer");
    info->CompanyName = text(soap, "Foreign & Sons <AS>");
    info->DatabaseType = text(soap, "MSSQL");
    answer.SystemInfo = info;
    return succeed("SoPrincipal", "GetSystemInfo", "");
  }

  int AuthenticateUsernamePassword(_ns1__AuthenticateUsernamePassword *asked, _ns1__AuthenticateResponse &answer) override {
    if (misrouted("SoPrincipal", "AuthenticateUsernamePassword")) return soap->error;
    for (const Cells &account : state.rows("accounts")) {
      if (!asked->UserName || !asked->Password || account[0] != *asked->UserName || account[1] != *asked->Password) continue;
      std::random_device chance;
      const std::string ticket = "7T:" + std::to_string(chance()) + std::to_string(chance()) + "&<";
      state.append("tickets", {ticket});
      auto *who = soap_new_ns1__SoPrincipalCarrier(soap, -1);
      who->UserType = make(soap, ns1__UserType__InternalAssociate);
      who->Associate = text(soap, account[0]);
      who->AssociateId = make(soap, std::stoi(account[2]));
      who->FunctionRights = soap_new_arr__ArrayOfstring(soap, -1);
      for (const std::string &right : split(account[3], ',')) who->FunctionRights->string.push_back(right);
      answer.Response = who;
      answer.Credentials = soap_new_ns1__SoCredentials(soap, -1);
      answer.Credentials->Ticket = text(soap, ticket);
      answer.AuthenticationSucceeded = make(soap, true);
      return succeed("SoPrincipal", "AuthenticateUsernamePassword", "");
    }
    if (state.has("mode", "wrong-password-throws"))
      return refuse("SoPrincipal", "AuthenticateUsernamePassword", "SuperOffice.Exceptions.SoSessionException", "Authentication failed!", "");
    answer.AuthenticationSucceeded = make(soap, false);
    return succeed("SoPrincipal", "AuthenticateUsernamePassword", "");
  }

  int GetAssociateList(_ns1__GetAssociateList *asked, _ns1__GetAssociateListResponse &answer) override {
    const std::vector<int> ids = asked->AssociateIds ? asked->AssociateIds->int_ : std::vector<int>();
    return ticketed("Associate", "GetAssociateList", joined(ids), [&] {
      answer.Response = associates([&](const Cells &row) { return std::find(ids.begin(), ids.end(), std::stoi(row[0])) != ids.end(); });
    });
  }

  int GetAssociatesByGroup(_ns1__GetAssociatesByGroup *asked, _ns1__GetAssociatesByGroupResponse &answer) override {
    const int group = asked->GroupId ? *asked->GroupId : 0, type = asked->Type ? *asked->Type : 0;
    return ticketed("Associate", "GetAssociatesByGroup", joined({group, type}), [&] {
      answer.Response = associates([&](const Cells &row) { return type == 2 && std::stoi(row[4]) == group && row[6] == "0"; });
    });
  }

  int LogOffWindowsUsers(_ns1__LogOffWindowsUsers *asked, _ns1__LogOffWindowsUsersResponse &) override {
    const std::vector<int> ids = asked->AssociateIds ? asked->AssociateIds->int_ : std::vector<int>();
    return ticketed("Associate", "LogOffWindowsUsers", joined(ids), [&] {
      for (int id : ids) state.remove("on", std::to_string(id));
    });
  }

  int GetList(_ns1__GetList *asked, _ns1__GetListResponse &answer) override {
    return ticketed("MDO", "GetList", "", [&] {
      answer.Response = soap_new_ns1__ArrayOfMDOListItem(soap, -1);
      if (!asked->Name || *asked->Name != "usergroup") return;
      for (const Cells &group : state.rows("groups")) {
        auto *item = soap_new_ns1__MDOListItem(soap, -1);
        item->Id = make(soap, std::stoi(group[0]));
        item->Name = text(soap, group[1]);
        item->Deleted = make(soap, false);
        item->Rank = make(soap, 1);
        item->ColorBlock = make(soap, 0);
        answer.Response->MDOListItem.push_back(item);
      }
    });
  }

  int GetArchiveListByColumns(_ns1__GetArchiveListByColumns *asked, _ns1__GetArchiveListByColumnsResponse &answer) override {
    const int page = asked->Page ? *asked->Page : -1, size = asked->PageSize ? *asked->PageSize : 0;
    const Cells entities = asked->Entities ? asked->Entities->string : Cells();
    std::string words;
    for (const std::string &entity : entities) words += (words.empty() ? "" : "+") + entity;
    words += "," + std::to_string(page) + "," + std::to_string(size);
    return ticketed("Archive", "GetArchiveListByColumns", words, [&] {
      if (!asked->ProviderName || *asked->ProviderName != "InternalUsers" || page < 0 || size < 1 || size > 1000 || !everything(asked->Restriction))
        throw std::invalid_argument("no such list");
      const auto *order = asked->SortOrder;
      const bool byId = order && !order->ArchiveOrderByInfo.empty() && *order->ArchiveOrderByInfo[0]->Name == "associateDbId";
      const std::vector<Cells> users = usersOf(state, entities, byId);
      answer.Response = soap_new_ns1__ArrayOfArchiveListItem(soap, -1);
      for (size_t at = size_t(page) * size; at < users.size() && at < size_t(page + 1) * size; at++)
        answer.Response->ArchiveListItem.push_back(archiveRow(users[at], asked->Columns ? asked->Columns->string : Cells()));
    });
  }

  // The other operations of these services, each calling `stranger`: written by the build script.
#include "strangers.h"

 private:
  const State &state;

  int stranger(const char *operation) {
    state.complain(std::string("called ") + operation);
    return soap_receiverfault("this operation is not for the bot", nullptr);
  }

  /** All services share one generated dispatcher, so that address and action fit the operation is looked at here. */
  bool misrouted(const std::string &service, const std::string &operation) {
    const std::string action = NAMESPACE + "/" + service + "/" + operation;
    if (std::string(soap->path) == "/crm/Remote/Services86/" + service + ".svc" && soap->action && soap->action == action) return false;
    state.complain(operation + " sent to " + soap->path + " with action " + (soap->action ? soap->action : "none"));
    soap_senderfault("address or SOAPAction does not fit the operation", nullptr);
    return true;
  }

  template <class Answer>
  int ticketed(const std::string &service, const std::string &operation, const std::string &words, Answer answer) {
    if (misrouted(service, operation)) return soap->error;
    const auto *credentials = soap->header ? soap->header->ns1__Credentials : nullptr;
    if (!credentials || !credentials->Ticket || !state.has("tickets", *credentials->Ticket))
      return refuse(service, operation, "SuperOffice.Exceptions.SoSessionException", "Authentication failed!", words);
    for (const Cells &trouble : state.rows("troubles"))
      if (trouble[0] == operation) {
        if (trouble[1] != "fault") return refuse(service, operation, trouble[1], trouble[2], words);
        state.append("journal", {service, operation, "no", words});
        return soap_receiverfault(trouble[2].c_str(), nullptr);
      }
    try {
      answer();
    } catch (const std::invalid_argument &error) {
      return refuse(service, operation, "SuperOffice.Exceptions.SoInvalidArgumentException", error.what(), words);
    }
    return succeed(service, operation, words);
  }

  int succeed(const std::string &service, const std::string &operation, const std::string &words) {
    return end(service, operation, words, true, nullptr);
  }

  int refuse(const std::string &service, const std::string &operation, const std::string &exception, const std::string &why, const std::string &words) {
    auto *info = soap_new_ns1__SoExceptionInfo(soap, -1);
    info->Message = text(soap, why);
    info->StackTrace = text(soap, "   at SuperOffice.Secret.Place()");
    info->FriendlyText = text(soap, why);
    info->ExceptionType = text(soap, exception);
    return end(service, operation, words, false, info);
  }

  int end(const std::string &service, const std::string &operation, const std::string &words, bool succeeded, ns1__SoExceptionInfo *info) {
    state.append("journal", {service, operation, succeeded ? "yes" : "no", words});
    // As WCF does, every member without a value is then written as nil. The answers of SoPrincipal have numbers without a value, which cannot be nil.
    if (service != "SoPrincipal" && state.has("mode", "nil")) soap_set_omode(soap, SOAP_XML_NIL);
    else soap_clr_omode(soap, SOAP_XML_NIL);
    soap_header(nullptr, nullptr, info, nullptr, make(soap, succeeded), nullptr);
    return SOAP_OK;
  }

  template <class Wanted>
  ns1__ArrayOfAssociate *associates(Wanted wanted) {
    auto *list = soap_new_ns1__ArrayOfAssociate(soap, -1);
    for (const Cells &row : state.rows("associates")) {
      if (!wanted(row)) continue;
      auto *one = soap_new_ns1__Associate(soap, -1);
      one->AssociateId = make(soap, std::stoi(row[0]));
      one->Name = text(soap, row[1]);
      one->FullName = text(soap, row[2]);
      one->GroupIdx = make(soap, std::stoi(row[4]));
      one->Type = make(soap, row[5] == "InternalAssociate" ? ns1__UserType__InternalAssociate : ns1__UserType__ExternalAssociate);
      one->Deleted = make(soap, row[6] == "1");
      one->UserName = text(soap, row[1]);
      one->PersonId = make(soap, 0);
      one->Rank = make(soap, short(0));
      one->EjUserId = make(soap, 0);
      list->Associate.push_back(one);
    }
    return list;
  }

  ns1__ArchiveListItem *archiveRow(const Cells &row, const Cells &columns) {
    auto *item = soap_new_ns1__ArchiveListItem(soap, -1);
    item->EntityName = text(soap, "associate");
    item->PrimaryKey = make(soap, std::stoi(row[0]));
    item->ColumnData = soap_new_ns1__ColumnDataDictionary(soap, -1);
    for (const std::string &column : columns) {
      _ns1__ColumnDataDictionary_ColumnDataKeyValuePair pair;
      pair.Key = text(soap, column);
      pair.Value = soap_new_ns1__ArchiveColumnData(soap, -1);
      const std::string value = cell(state, row, column);
      if (!value.empty()) pair.Value->DisplayValue = text(soap, value);
      item->ColumnData->ColumnDataKeyValuePair.push_back(pair);
    }
    return item;
  }
};

void serve(Service *connection, const State *state) {
  const bool failed = connection->serve() != SOAP_OK && connection->soap->error != SOAP_EOF;
  // What the application itself answers with a fault is no complaint about the message.
  if (failed && !std::strstr(*soap_faultcode(connection->soap), "Server")) {
    char why[400] = "";
    connection->soap_sprint_fault(why, sizeof why);
    state->complain(why);
  }
  connection->destroy();
  delete connection;
}

}  // namespace

int main(int count, char **words) {
  if (count != 2) return 2;
  const State state(words[1]);
  NetServer server(state);
  server.soap->recv_timeout = server.soap->send_timeout = 10;
  server.soap->bind_flags = SO_REUSEADDR;
  if (!soap_valid_socket(server.bind("127.0.0.1", 0, 100))) return 1;
  struct sockaddr_in bound;
  socklen_t size = sizeof bound;
  getsockname(server.soap->master, reinterpret_cast<struct sockaddr *>(&bound), &size);
  std::cout << "http://127.0.0.1:" << ntohs(bound.sin_port) << std::endl;
  while (soap_valid_socket(server.accept())) std::thread(serve, server.copy(), &state).detach();
  return 1;
}
