package tocsin.audience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriberImportTest {
  @TempDir private Path folder;
  private Records records;

  @BeforeEach
  void open() {
    records = new Records().withCatalogue(List.of("web", "api"), List.of("emea"));
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void aSuppressedAddressIsRejectedWithTheReasonAndTheOthersAreKept() {
    var suppressed = new Address(Channel.EMAIL, "b@example.com", "b@example.com");
    records
        .suppressions
        .add(records.pool, suppressed, SuppressionReason.COMPLAINT, "complaint")
        .await();

    ImportReport report =
        run(
            Buffer.buffer()
                .appendString(email("a@example.com").encode() + "\n")
                .appendString(email("B@Example.com").encode() + "\n")
                .appendString(email("b@example.com").encode() + "\n"));

    assertThat(report.imported()).isEqualTo(1);
    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine(2, "address", "is on the suppression list (complaint)"),
            new RejectedLine(3, "address", "is on the suppression list (complaint)"));
  }

  @Test
  void anImportLeavesTheProofOfEachConsentItBrings() {
    JsonObject old = new JsonObject().put("source", "form").put("at", "2025-01-01T00:00:00Z");
    JsonObject later = new JsonObject().put("source", "form 2").put("at", "2025-02-01T00:00:00Z");

    run(Buffer.buffer(email("a@example.com").put("consent", old).encode()));
    run(Buffer.buffer(email("a@example.com").put("consent", old).put("locale", "de").encode()));
    run(Buffer.buffer(email("a@example.com").put("consent", later).encode()));

    assertThat(records.consents.of(1, 0, 10).await())
        .extracting(it -> it.consent().evidence().source(), it -> it.consent().evidence().actor())
        .containsExactly(tuple("form", "import:test"), tuple("form 2", "import:test"));
  }

  @Test
  void everyTenthLineBadOfManyKeepsTheGoodOnes() {
    var file = Buffer.buffer();
    for (int line = 1; line <= 100_000; line++) {
      String address = line % 10 == 0 ? "no address" : "reader" + line + "@example.com";
      file.appendString(email(address).encode()).appendString("\n");
    }
    ImportReport report = run(file);
    assertThat(report.imported()).isEqualTo(90_000);
    assertThat(report.rejectedTotal()).isEqualTo(10_000);
    assertThat(report.rejected())
        .hasSize(10_000)
        .allSatisfy(rejected -> {
          assertThat(rejected.line() % 10).isZero();
          assertThat(rejected.field()).isEqualTo("address");
          assertThat(rejected.detail()).isNotBlank();
        });
    assertThat(report.rejected()).extracting(RejectedLine::line).isSorted();
    assertThat(count()).isEqualTo(90_000);
  }

  @Test
  void detailsOfRejectedLinesAreBoundedTheirCountIsNot() {
    ImportReport report = run(Buffer.buffer("{}\n".repeat(10_500)));
    assertThat(report.rejected()).hasSize(ImportReport.DETAILED);
    assertThat(report.rejectedTotal()).isEqualTo(10_500);
  }

  @Test
  void eachBadLineIsToldAndTheGoodOnesAreKept() {
    var file =
        Buffer.buffer()
            .appendString(email("one@example.com").encode() + "\r\n\n")
            .appendString("{\"channel\": \"email\", \n")
            .appendString("[]\n")
            .appendString("null\n")
            .appendString("{} {}\n")
            .appendString("{\"channel\": \"email\", \"channel\": \"sms\"}\n")
            .appendBytes("{\"channel\": \"\u00e9\"}\n".getBytes(ISO_8859_1))
            .appendString("{\"x\": \"" + "x".repeat(LineSplitter.LONGEST) + "\"}\n")
            .appendString(email("a@example.com\r\nBcc: b@example.com").encode() + "\n")
            .appendString(email("c@example.com").put("components", List.of("wbe")).encode() + "\n")
            .appendString(email("d@example.com").put("customer", "nobody").encode() + "\n")
            .appendString(email("two@example.com").encode());
    ImportReport report = run(file);
    assertThat(report.imported()).isEqualTo(2);
    assertThat(report.rejected())
        .extracting(rejected -> rejected.line() + " " + rejected.field())
        .containsExactly(
            "3 null",
            "4 null",
            "5 null",
            "6 null",
            "7 null",
            "8 null",
            "9 null",
            "10 address",
            "11 components",
            "12 customer");
    assertThat(report.rejected().toString()).doesNotContain("Bcc");
  }

  @Test
  void linesAreTheSameHoweverTheyArrive() {
    var file = Buffer.buffer("\ufeff");
    file.appendString(email("ä@faß.example").encode()).appendString("\r\n\r\n");
    file.appendString(email("b@bücher.example").encode()).appendString("\n{\"x");
    for (int size = 1; size <= file.length(); size++) {
      ImportReport report = run(file, size);
      assertThat(report.imported() + report.unchanged()).as("chunks of %d", size).isEqualTo(1);
      assertThat(report.rejected()).extracting(RejectedLine::line).containsExactly(1L, 4L);
    }
  }

  @Test
  void importingAgainChangesNothing() {
    Buffer file = file(email("one@example.com").put("regions", List.of("emea")), sms(), webhook());
    assertThat(run(file)).isEqualTo(report(3, 0, 0, 0));
    String before = everything();
    assertThat(run(file)).isEqualTo(report(0, 0, 3, 0));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aKnownAddressIsUpdatedInPlaceAndKeepsItsSecret() {
    run(file(webhook()));
    String before = secret();
    assertThat(run(file(webhook().put("locale", "de")))).isEqualTo(report(0, 1, 0, 0));
    assertThat(secret()).isEqualTo(before);
    assertThat(only().locale()).isEqualTo("de");
    assertThat(run(file(webhook().put("locale", "de").put("updates", "every"))))
        .isEqualTo(report(0, 1, 0, 0));
    assertThat(only().updates()).isEqualTo(UpdateChoice.EVERY);
    run(file(webhook().put("secret", "whsec_chosen")));
    assertThat(secret()).isEqualTo("whsec_chosen");
  }

  @Test
  void whatPeopleChoseByThemselvesAndThatAMailboxIsSharedStays() {
    JsonObject line = new JsonObject().put("channel", "email").put("address", "ops@example.com");
    run(file(line.copy().put("shared", true)));
    records.pool.query("update subscriber set locale = 'de', chosen_at = now()").execute().await();

    assertThat(run(file(line.copy().put("locale", "en").put("minImpact", "critical"))))
        .isEqualTo(report(0, 0, 1, 0));
    assertThat(only().locale()).isEqualTo("de");
    assertThat(only().subscriptions()).isEqualTo(records.json.parse(line).subscriptions());
    assertThat(only().mailbox().isShared()).isTrue();
  }

  @Test
  void ofLinesForOneAddressTheLastWins() {
    var file =
        file(
            email("one@example.com").put("locale", "de"),
            email("ONE@example.com").put("locale", "fr"),
            email("one@example.com").put("locale", "es"));
    assertThat(run(file)).isEqualTo(report(1, 2, 0, 0));
    assertThat(only().locale()).isEqualTo("es");
  }

  @Test
  void whoUnsubscribedComesBackOnlyByALaterConsent() {
    int id = records.email("one@example.com");
    records.leave(id);
    assertThat(run(file(email("one@example.com").put("locale", "de"))))
        .isEqualTo(report(0, 0, 0, 1));
    var older = consent(email("one@example.com"), Instant.now().minusSeconds(3_600));
    assertThat(run(file(older))).isEqualTo(report(0, 0, 0, 1));
    assertThat(only().standing()).isEqualTo(Standing.UNSUBSCRIBED);

    var later = consent(email("one@example.com"), Instant.now().plusSeconds(60));
    assertThat(run(file(later))).isEqualTo(report(0, 1, 0, 0));
    assertThat(only().standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void whoOptedOutOrIsQuarantinedStaysSoButIsUpdated() {
    int opted = records.email("opted@example.com");
    int bounced = records.email("bounced@example.com");
    records.subscribers.suspend(opted, Standing.OPTED_OUT).await();
    records.subscribers.suspend(bounced, Standing.QUARANTINED).await();
    var later = Instant.now().plusSeconds(60);
    var file =
        file(
            email("opted@example.com").put("locale", "de"),
            consent(email("bounced@example.com").put("locale", "de"), later));
    assertThat(run(file)).isEqualTo(report(0, 2, 0, 0));
    assertThat(records.subscribers.get(opted).await())
        .matches(it -> it.standing() == Standing.OPTED_OUT && it.locale().equals("de"));
    assertThat(records.subscribers.get(bounced).await())
        .matches(it -> it.standing() == Standing.QUARANTINED && it.locale().equals("de"));
    run(file(consent(email("opted@example.com"), later)));
    assertThat(records.subscribers.get(opted).await().standing()).isEqualTo(Standing.OPTED_OUT);
  }

  @Test
  void whoTheOperatorDeletedIsImportedAgain() {
    int id = records.email("one@example.com");
    records.subscribers.delete(id, "api:test").await();
    assertThat(run(file(email("one@example.com")))).isEqualTo(report(1, 0, 0, 0));
    assertThat(only().id()).isEqualTo(id);
    assertThat(only().standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void importsOfTheSameAddressesAtOnceDoNotWaitForEachOther() {
    for (int round = 0; round < 8; round++) {
      var up = Buffer.buffer();
      var down = Buffer.buffer();
      for (int i = 0; i < 1_500; i++) {
        String locale = "de-x-r" + round;
        up.appendString(email("r" + i + "@example.com").put("locale", locale).encode() + "\n");
        down.appendString(email("r" + (1_499 - i) + "@example.com").encode() + "\n");
      }
      var first = start(up, 8_192);
      var second = start(down, 8_192);
      assertThat(first.await().rejectedTotal() + second.await().rejectedTotal()).isZero();
    }
    assertThat(count()).isEqualTo(1_500);
  }

  @Test
  void whatIsExportedImportsAsTheSame() throws IOException {
    records.customers.put(new Customer("acme", "Acme", null, null)).await();
    var two =
        List.of(
            new JsonObject("{\"components\": [\"api\", \"web\"], \"minImpact\": \"major\"}"),
            new JsonObject(
                "{\"regions\": [\"emea\"], \"segments\": [\"na-2\"], \"minImpact\": \"none\"}"));
    var at = Instant.parse("2026-01-15T10:40:00Z");
    var file =
        file(
            full(
                email("one@example.com")
                    .put("customer", "acme")
                    .put("minImpact", "none")
                    .put("shared", true),
                at),
            full(sms().put("subscriptions", two), at),
            full(
                webhook()
                    .put("components", List.of("web"))
                    .put("minImpact", "minor")
                    .put("updates", "every")
                    .put("dialect", "native")
                    .put("signature", "v1"),
                at));
    assertThat(run(file)).isEqualTo(report(3, 0, 0, 0));
    int left = records.email("left@example.com");
    records.leave(left);

    Path exported = folder.resolve("exported");
    var out = records.vertx.fileSystem().open(exported.toString(), new OpenOptions()).await();
    assertThat(new SubscriberExport(records.pool).run(out).await()).isEqualTo(3);
    out.close().await();
    assertThat(Files.readString(exported).lines().map(JsonObject::new))
        .containsExactlyElementsOf(file.toString().lines().map(JsonObject::new).toList());
    assertThat(run(Buffer.buffer(Files.readString(exported)))).isEqualTo(report(0, 0, 3, 0));
  }

  @Test
  void anExportOfManyPagesHoldsEverybody() {
    var file = Buffer.buffer();
    for (int i = 0; i < 2_000; i++) {
      file.appendString(email("r" + i + "@example.com").encode() + "\n");
    }
    run(file);
    Path exported = folder.resolve("exported");
    var out = records.vertx.fileSystem().open(exported.toString(), new OpenOptions()).await();
    assertThat(new SubscriberExport(records.pool).run(out).await()).isEqualTo(2_000);
    out.close().await();
    assertThat(exported).content().hasLineCount(2_000);
  }

  private ImportReport run(Buffer file) {
    return run(file, 8_192);
  }

  private ImportReport run(Buffer file, int chunk) {
    return start(file, chunk).await();
  }

  private Future<ImportReport> start(Buffer file, int chunk) {
    Path path = folder.resolve("import" + System.nanoTime());
    records.vertx.fileSystem().writeFile(path.toString(), file).await();
    var options = new OpenOptions().setRead(true).setWrite(false).setCreate(false);
    var stream = records.vertx.fileSystem().open(path.toString(), options).await();
    stream.pause();
    stream.setReadBufferSize(chunk);
    return records.imports.run(stream, "import:test");
  }

  private Subscriber only() {
    return records.subscribers.list(SubscriberFilter.NONE, 2, 0).await().getFirst();
  }

  @Test
  void aWebhooksFormIsImportedAndExportedAgain() {
    String line =
        """
        {"channel": "webhook", "address": "https://hooks.example.com/a", "dialect": "teams",
         "signature": "v1a"}
        """
            .replace("\n", "");

    assertThat(run(Buffer.buffer(line))).isEqualTo(report(1, 0, 0, 0));
    String publicKey = only().publicKey();
    assertThat(run(Buffer.buffer(line))).isEqualTo(report(0, 0, 1, 0));

    assertThat(only().form()).isEqualTo(new WebhookForm(Dialect.TEAMS, SignatureScheme.V1A, null));
    assertThat(only().publicKey()).startsWith("whpk_").isEqualTo(publicKey);
    assertThat(SubscriberJson.printed(only()).getMap())
        .containsEntry("dialect", "teams")
        .containsEntry("signature", "v1a");
  }

  private @Nullable String secret() {
    return new Recipients(records.pool)
        .load(new int[] {only().id()})
        .await()
        .getFirst()
        .keys()
        .getFirst();
  }

  private long count() {
    return records
        .pool
        .query("select count(*) from subscriber")
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private @Nullable String everything() {
    return records
        .pool
        .query("select json_agg(subscriber order by id)::text from subscriber")
        .execute()
        .await()
        .iterator()
        .next()
        .getString(0);
  }

  private static ImportReport report(long imported, long updated, long unchanged, long left) {
    return new ImportReport(imported, updated, unchanged, left, 0, List.of());
  }

  private static Buffer file(JsonObject... lines) {
    var file = Buffer.buffer();
    for (JsonObject line : lines) {
      file.appendString(line.encode()).appendString("\n");
    }
    return file;
  }

  private static JsonObject full(JsonObject line, Instant at) {
    return consent(line.put("locale", "de").put("timeZone", "Europe/Berlin"), at);
  }

  private static JsonObject consent(JsonObject line, Instant at) {
    return line.put("consent", new JsonObject().put("source", "form").put("at", at.toString()));
  }

  private static JsonObject email(String address) {
    return new JsonObject().put("channel", "email").put("address", address);
  }

  private static JsonObject sms() {
    return new JsonObject().put("channel", "sms").put("address", "+15005550006");
  }

  private static JsonObject webhook() {
    return new JsonObject().put("channel", "webhook").put("address", "https://hooks.example.com/a");
  }
}
