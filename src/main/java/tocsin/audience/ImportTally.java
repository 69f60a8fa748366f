package tocsin.audience;

import java.util.ArrayList;
import java.util.List;

/** Adds up what became of the lines of an import, page by page and in order. */
final class ImportTally {
  private long imported;
  private long updated;
  private long unchanged;
  private long left;
  private long rejectedTotal;
  private final List<RejectedLine> rejected = new ArrayList<>();

  /** One page's. */
  record Page(
      long imported, long updated, long unchanged, long left, List<RejectedLine> rejected) {}

  void add(Page page) {
    imported += page.imported();
    updated += page.updated();
    unchanged += page.unchanged();
    left += page.left();
    rejectedTotal += page.rejected().size();
    int room = ImportReport.DETAILED - rejected.size();
    rejected.addAll(page.rejected().subList(0, Math.min(room, page.rejected().size())));
  }

  ImportReport report() {
    return new ImportReport(imported, updated, unchanged, left, rejectedTotal, rejected);
  }
}
