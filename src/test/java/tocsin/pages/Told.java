package tocsin.pages;

import tocsin.api.TestGateway;

/** Some incidents as customers would read of them. */
final class Told {
  private Told() {}

  static void everything(TestGateway gateway) {
    gateway.call("PUT", "/v1/components/api", "{\"name\": \"Public API\"}");
    gateway.call("PUT", "/v1/components/reporting", "{\"name\": \"Reports and exports\"}");
    gateway.call("PUT", "/v1/regions/apac", "{\"name\": \"Asia Pacific\"}");
    incident(
        gateway,
        """
        {"id": "web-outage", "title": "Sign-in fails for some customers",
         "update": {"status": "investigating", "impact": "critical",
           "body": {"en": "Since 10:12 some customers cannot sign in. Sessions that are open **go on working**. We look into it.",
                    "de": "Seit 10:12 können sich manche Kunden nicht anmelden. Offene Sitzungen **laufen weiter**. Wir suchen die Ursache."},
           "affects": [{"component": "web", "region": "emea"}, {"component": "web", "region": "north-america"},
             {"component": "api", "region": "emea"}],
           "nextUpdateBy": "2026-01-15T10:40:00Z"}}
        """);
    update(
        gateway,
        "web-outage",
        """
        {"status": "identified", "nextUpdateBy": "2026-01-15T11:40:00Z",
         "body": {"en": "A certificate of our sign-in service expired. The new one is being rolled out:\\n\\n- Europe: done\\n- North America: under way\\n\\nDetails are in the [runbook](https://example.com/a).",
                  "de": "Ein Zertifikat unseres Anmeldedienstes ist abgelaufen. Das neue wird verteilt:\\n\\n- Europa: fertig\\n- Nordamerika: im Gange\\n\\nEinzelheiten stehen im [Betriebshandbuch](https://example.com/a)."}}
        """);
    incident(
        gateway,
        """
        {"id": "silence", "title": "Reports are late",
         "update": {"status": "monitoring", "impact": "minor", "body": {"en": "Reports arrive up to an hour late.", "de": "Berichte kommen bis zu eine Stunde zu spät."},
           "affects": [{"component": "reporting"}], "nextUpdateBy": "2026-01-15T10:59:00Z"}}
        """);
    incident(
        gateway,
        """
        {"id": "upgrade", "title": "Upgrade of the database in Asia Pacific",
         "update": {"status": "scheduled", "body": {"en": "Reports cannot be written for up to ten minutes.", "de": "Für höchstens zehn Minuten lassen sich keine Berichte schreiben."},
          "affects": [{"component": "reporting", "region": "apac"}],
          "scheduledFor": "2026-02-01T02:00:00Z", "scheduledUntil": "2026-02-01T04:00:00Z"}}
        """);
    incident(
        gateway,
        """
        {"id": "slow-mail", "title": "Mails are slow",
         "update": {"status": "investigating", "impact": "major", "body": "We look into it.", "affects": [{}]}}
        """);
    update(gateway, "slow-mail", "{\"status\": \"resolved\", \"body\": \"It is over.\"}");
  }

  private static void incident(TestGateway gateway, String json) {
    check(gateway.call("POST", "/v1/incidents", json).statusCode());
  }

  private static void update(TestGateway gateway, String incident, String json) {
    check(gateway.call("POST", "/v1/incidents/" + incident + "/updates", json).statusCode());
  }

  private static void check(int status) {
    if (status != 202) {
      throw new IllegalStateException("not accepted: " + status);
    }
  }
}
