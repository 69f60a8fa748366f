package tocsin.audience;

import java.util.ArrayList;
import java.util.List;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.ProblemException;

/** Some lines of an import, read: the good ones and the rejected, each in order. */
record ImportPage(List<ReadLine> good, List<RejectedLine> rejected) {

  static ImportPage read(List<ImportLine> lines, LineReader reader) {
    var good = new ArrayList<ReadLine>(lines.size());
    var rejected = new ArrayList<RejectedLine>();
    for (ImportLine line : lines) {
      try {
        good.add(new ReadLine(line.number(), reader.read(line)));
      } catch (ProblemException wrong) {
        rejected.add(rejected(line.number(), wrong.problem().errors(), wrong.problem().detail()));
      }
    }
    return new ImportPage(good, rejected);
  }

  static RejectedLine rejected(long number, List<FieldError> errors, String otherwise) {
    return errors.isEmpty()
        ? new RejectedLine(number, null, otherwise)
        : new RejectedLine(number, errors.getFirst().field(), errors.getFirst().detail());
  }
}
