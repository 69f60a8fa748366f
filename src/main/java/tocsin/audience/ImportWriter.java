package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/**
 * Writes the good lines of a page in one transaction, those aside that name something unknown or a
 * suppressed address.
 */
final class ImportWriter {
  private final Pool pool;
  private final WebhookRules webhooks;
  private final Suppressions suppressions;
  private final String source;

  ImportWriter(Pool pool, WebhookRules webhooks, Suppressions suppressions, String source) {
    this.pool = pool;
    this.webhooks = webhooks;
    this.suppressions = suppressions;
    this.source = source;
  }

  Future<ImportTally.Page> write(ImportPage page) {
    List<Registration> registrations = page.good().stream().map(ReadLine::registration).toList();
    if (registrations.isEmpty()) {
      return Future.succeededFuture(new ImportTally.Page(0, 0, 0, 0, page.rejected()));
    }
    return pool.withTransaction(transaction ->
        SubscriberUpsert.turn(transaction)
            .compose(turn -> KnownNames.among(transaction, registrations))
            .map(known -> withKnownNames(page, known))
            .compose(known -> withoutSuppressed(transaction, known))
            .compose(kept -> write(transaction, kept)));
  }

  private Future<ImportTally.Page> write(SqlConnection transaction, ImportPage page) {
    List<Registration> distinct = lastOfEachAddress(page.good());
    int repeated = page.good().size() - distinct.size();
    return SubscriberUpsert.write(transaction, new UpsertArrays(distinct, source, webhooks))
        .map(counts ->
            new ImportTally.Page(
                counts.imported(),
                counts.updated() + repeated,
                distinct.size() - counts.imported() - counts.updated() - counts.left(),
                counts.left(),
                page.rejected()));
  }

  private static ImportPage withKnownNames(ImportPage page, KnownNames known) {
    return sifted(page, line -> known.unknown(line.registration()));
  }

  private Future<ImportPage> withoutSuppressed(SqlConnection transaction, ImportPage page) {
    return suppressions
        .among(transaction, page.good().stream().map(it -> it.registration().address()).toList())
        .map(found ->
            found.isEmpty()
                ? page
                : sifted(page, line -> complaints(found.get(line.registration().address()))));
  }

  private static List<FieldError> complaints(@Nullable SuppressionReason reason) {
    return reason == null ? List.of() : List.of(new FieldError("address", reason.complaint()));
  }

  private static ImportPage sifted(
      ImportPage page, Function<ReadLine, List<FieldError>> complaints) {
    var good = new ArrayList<ReadLine>(page.good().size());
    var rejected = new ArrayList<>(page.rejected());
    for (ReadLine line : page.good()) {
      List<FieldError> wrong = complaints.apply(line);
      if (wrong.isEmpty()) {
        good.add(line);
      } else {
        rejected.add(ImportPage.rejected(line.number(), wrong, ""));
      }
    }
    rejected.sort(Comparator.comparingLong(RejectedLine::line));
    return new ImportPage(good, rejected);
  }

  private static List<Registration> lastOfEachAddress(List<ReadLine> lines) {
    Map<Address, Registration> byKey = new LinkedHashMap<>();
    for (ReadLine line : lines) {
      byKey.put(keyed(line.registration().address()), line.registration());
    }
    return List.copyOf(byKey.values());
  }

  private static Address keyed(Address address) {
    return new Address(address.channel(), address.key(), address.key());
  }
}
