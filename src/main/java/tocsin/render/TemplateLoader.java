package tocsin.render;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tocsin.incident.Status;

/** Compiles what the files hold, and leaves out, with a problem reported, what is broken. */
final class TemplateLoader {
  private final TemplateFiles files;
  private final Problems problems;
  private final Map<String, Optional<Page>> compiled = new HashMap<>();

  TemplateLoader(TemplateFiles files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  Templates loaded() {
    return new Templates(pages(), notices(), words());
  }

  private Map<Form, Map<Status, Page>> pages() {
    Map<Form, Map<Status, Page>> pages = new EnumMap<>(Form.class);
    for (Form form : Form.values()) {
      Map<Status, Page> byStatus = new EnumMap<>(Status.class);
      for (Status status : Status.values()) {
        page(form, status).ifPresent(page -> byStatus.put(status, page));
      }
      pages.put(form, byStatus);
    }
    return pages;
  }

  private Optional<Page> page(Form form, Status status) {
    List<String> candidates = TemplateName.candidates(form, status);
    TemplateFile file =
        candidates.stream()
            .flatMap(name -> files.find(name).stream())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no template: " + candidates));
    return compiled.computeIfAbsent(file.name(), name -> compile(file, form));
  }

  private Map<NoticeForm, Page> notices() {
    Map<NoticeForm, Page> notices = new EnumMap<>(NoticeForm.class);
    for (NoticeForm notice : NoticeForm.values()) {
      String name = notice.file();
      TemplateFile file =
          files.find(name).orElseThrow(() -> new IllegalStateException("no template: " + name));
      compile(file, notice.form()).ifPresent(page -> notices.put(notice, page));
    }
    return notices;
  }

  private Optional<Page> compile(TemplateFile file, Form form) {
    Source source = Partials.expanded(file, form, files, problems);
    Tags.check(source, form, problems);
    return Page.compiled(source, form, problems);
  }

  private Map<String, Words> words() {
    Set<String> required = WordsFile.keys(TemplateFiles.builtIn(Words.file(Words.FALLBACK)));
    Map<String, Words> words = new HashMap<>();
    for (String tag : files.locales()) {
      files
          .find(Words.file(tag))
          .flatMap(file -> WordsFile.parsed(file, tag, required, problems))
          .ifPresent(parsed -> words.put(tag.toLowerCase(Locale.ROOT), parsed));
    }
    return words;
  }
}
