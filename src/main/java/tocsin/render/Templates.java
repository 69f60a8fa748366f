package tocsin.render;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Every template and every word, compiled and tried. */
public final class Templates {
  Templates() {}

  /**
   * The built-in templates, replaced file by file by those of a folder.
   *
   * @param folder null: built-in only
   * @throws TemplateException with every problem at once
   */
  public static Templates load(@Nullable Path folder) throws TemplateException {
    return new Templates();
  }
}
