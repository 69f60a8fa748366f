package tocsin.render;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Status;

/** Every template and every word, compiled. */
public final class Templates {
  private final Map<Form, Map<Status, Page>> pages;
  private final Map<NoticeForm, Page> notices;
  private final Map<String, Words> words;

  /**
   * @param words by language tag in lower case; those of English among them, or nothing is rendered
   */
  Templates(
      Map<Form, Map<Status, Page>> pages, Map<NoticeForm, Page> notices, Map<String, Words> words) {
    this.pages = new EnumMap<>(pages);
    this.notices = Map.copyOf(notices);
    this.words = Map.copyOf(words);
  }

  /**
   * The built-in templates, or those replaced file by file by a folder's and then each tried with
   * samples of every status in every locale. That takes as long as the rest of a start: what is
   * built in was tried before.
   *
   * @param folder null: built-in only
   * @throws TemplateException with every problem at once
   */
  public static Templates load(@Nullable Path folder) throws TemplateException {
    Problems problems = new Problems();
    Map<String, TemplateFile> overriding =
        folder == null ? Map.of() : TemplateFolder.read(folder, problems);
    Templates templates = new TemplateLoader(new TemplateFiles(overriding), problems).loaded();
    if (folder != null) {
      new Rehearsal(templates, problems).run();
    }
    problems.throwIfAny();
    return templates;
  }

  /**
   * @throws IllegalStateException if it did not compile
   */
  Page page(Form form, Status status) {
    Page page = pages.getOrDefault(form, Map.of()).get(status);
    if (page == null) {
      throw new IllegalStateException("no template for " + form + " " + status);
    }
    return page;
  }

  /**
   * @throws IllegalStateException if it did not compile
   */
  Page notice(NoticeForm form) {
    Page page = notices.get(form);
    if (page == null) {
      throw new IllegalStateException("no template for " + form);
    }
    return page;
  }

  Map<NoticeForm, Page> notices() {
    return notices;
  }

  /** The tag's words, else its language's, else the English ones. */
  Words words(String tag) {
    Words own = words.get(tag.toLowerCase(Locale.ROOT));
    if (own == null) {
      own = words.get(Locale.forLanguageTag(tag).getLanguage());
    }
    return own != null ? own : Objects.requireNonNull(words.get(Words.FALLBACK), "English words");
  }

  Map<Form, Map<Status, Page>> pages() {
    return pages;
  }

  Map<String, Words> words() {
    return words;
  }
}
