package tocsin.delivery;

/** What follows for readers of the ledger from the one way out of a final state. */
final class Requeued {
  /**
   * That the state in a ledger row {@code l} is still the state of its {@code o.subscriber}, for
   * final states; uses the index {@code ledger_requeued}.
   */
  static final String NOT_SINCE =
      """
      not exists (
        select from ledger q
         where q.audience = l.audience and q.chunk = l.chunk and q.reason = 'requeued'
           and q.id > l.id and o.subscriber = any(q.subscribers))
      """;

  private Requeued() {}
}
