package tocsin.render;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** In which colours a mail's words are shown, by its own styles and by its rules for the dark. */
record Paint(String ink, String ground) {

  /** Some words that stand together. */
  record Word(String text, Paint day, Paint night) {}

  private record Element(String name, Set<String> classes, String style) {}

  private record Rule(String selector, String style) {}

  private static final Pattern TOKEN = Pattern.compile("<!--.*?-->|<[^>]*>|[^<]+", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)([^>]*)>");
  private static final Pattern DARK =
      Pattern.compile("@media \\(prefers-color-scheme: dark\\) \\{(.*?)\\n}", Pattern.DOTALL);
  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^}]*)}");
  private static final Set<String> VOID = Set.of("br", "hr", "img", "meta");

  static List<Word> words(String html) {
    List<Rule> dark = dark(html);
    List<Word> words = new ArrayList<>();
    Deque<Element> open = new ArrayDeque<>();
    Matcher token = TOKEN.matcher(html.substring(html.indexOf("<html")));
    while (token.find()) {
      Matcher tag = TAG.matcher(token.group());
      if (!tag.matches()) {
        String text = token.group().replace("&nbsp;", " ").strip();
        if (!text.isEmpty() && !text.startsWith("<!--") && isShown(open)) {
          words.add(new Word(text, paint(open, List.of()), paint(open, dark)));
        }
      } else if (!tag.group(1).isEmpty()) {
        if (!open.pop().name().equals(tag.group(2))) {
          throw new IllegalArgumentException("ends another element: " + token.group());
        }
      } else if (!VOID.contains(tag.group(2))) {
        open.push(
            new Element(
                tag.group(2),
                Set.of(attribute("class", tag.group(3)).split(" ", -1)),
                attribute("style", tag.group(3))));
      }
    }
    return words;
  }

  private static List<Rule> dark(String html) {
    List<Rule> rules = new ArrayList<>();
    Matcher media = DARK.matcher(html.replace("\r", ""));
    while (media.find()) {
      Matcher rule = RULE.matcher(media.group(1));
      while (rule.find()) {
        for (String selector : rule.group(1).split(",", -1)) {
          rules.add(new Rule(selector.strip(), rule.group(2)));
        }
      }
    }
    return rules;
  }

  private static boolean isShown(Deque<Element> open) {
    return open.stream()
        .noneMatch(
            element -> element.name().equals("head") || element.style().contains("display:none"));
  }

  private static Paint paint(Deque<Element> open, List<Rule> rules) {
    return new Paint(colour("color", open, rules), colour("background-color", open, rules));
  }

  /** The innermost that says one; a rule goes before the element's own style. */
  private static String colour(String property, Deque<Element> open, List<Rule> rules) {
    List<Element> inside = List.copyOf(open);
    for (int i = 0; i < inside.size(); i++) {
      List<Element> around = inside.subList(i + 1, inside.size());
      String found = value(property, inside.get(i).style());
      for (Rule rule : rules) {
        String said = value(property, rule.style());
        if (said != null && selects(rule.selector(), inside.get(i), around)) {
          found = said;
        }
      }
      if (found != null) {
        return found;
      }
    }
    throw new IllegalArgumentException("no " + property);
  }

  private static boolean selects(String selector, Element element, List<Element> around) {
    String[] parts = selector.split(" ", -1);
    return parts.length == 1
        ? isOf(element, parts[0])
        : isOf(element, parts[1]) && around.stream().anyMatch(outer -> isOf(outer, parts[0]));
  }

  private static boolean isOf(Element element, String part) {
    return part.startsWith(".")
        ? element.classes().contains(part.substring(1))
        : element.name().equals(part);
  }

  private static @Nullable String value(String property, String style) {
    Matcher value =
        Pattern.compile("(?:^|[;\\s])" + property + ":\\s*(#[0-9a-f]{6})").matcher(style);
    return value.find() ? value.group(1) : null;
  }

  private static String attribute(String name, String attributes) {
    Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(attributes);
    return value.find() ? value.group(1) : "";
  }
}
