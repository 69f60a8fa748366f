package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tocsin.api.TestGateway;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.pages.Chromium.Scheme;
import tocsin.pages.Chromium.Scripts;

/** Every page with a form, in a real browser: to be read, filled in and sent by anybody. */
class FormLooksTest {
  private static final LinkTokens tokens = new LinkTokens("a key".getBytes(UTF_8));
  private static final TestGateway gateway =
      new TestGateway(it ->
          TestSite.pages(
              TestSite.ACME,
              site ->
                  Stream.concat(
                          TestSite.subscribing(it, tokens, site).stream(),
                          TestSite.preferences(it, tokens, site).stream())
                      .toList()))
          .withCatalogue();
  private static final int MOST_TABS = 60;

  private static Chromium chromium;
  private static int mail;
  private static int list;
  private static int hook;
  private static String code = "";
  private static String open = "";
  private static String done = "";

  /** The pages, each with what is sent from it before it is looked at. */
  enum Shown {
    SUBSCRIBE("/subscribe"),
    SUBSCRIBE_WRONG("/subscribe", "main form button"),
    CONFIRM("/confirm/OPEN"),
    CONFIRMED_BEFORE("/confirm/DONE"),
    CONFIRM_UNKNOWN("/confirm/" + "a".repeat(32)),
    CODE("CODE"),
    CODE_WRONG("CODE", "main form button"),
    PREFERENCES("/preferences/MAIL"),
    PREFERENCES_LIST("/preferences/LIST"),
    PREFERENCES_HOOK("/preferences/HOOK"),
    SAVED("/preferences/MAIL", "#other button"),
    ERASE("/preferences/MAIL/erase"),
    UNSUBSCRIBE("/u/MAIL"),
    LEAVE("/leave/LIST"),
    ASKED("/u/LIST", "main form button");

    private final String path;
    private final String button;

    Shown(String path) {
      this(path, "");
    }

    Shown(String path, String button) {
      this.path = path;
      this.button = button;
    }

    void open(String language) {
      chromium.open(url(path) + "?lang=" + language);
      if (!button.isEmpty()) {
        chromium.follow(button);
      }
    }
  }

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    gateway.call("PUT", "/v1/components/api", "{\"name\": \"Public API\"}");
    gateway.call("PUT", "/v1/components/reporting", "{\"name\": \"Reports and exports\"}");
    gateway.call("PUT", "/v1/regions/apac", "{\"name\": \"Asia Pacific\"}");
    mail =
        create(
            "{\"channel\": \"email\", \"address\": \"jane@example.com\", \"components\": [\"web\"],"
                + " \"regions\": [\"emea\"], \"segments\": [\"na-2\"]}");
    list = create("{\"channel\": \"email\", \"address\": \"ops@example.com\", \"shared\": true}");
    hook = create("{\"channel\": \"webhook\", \"address\": \"https://example.com/hook\"}");
    code =
        gateway
            .postForm("/subscribe", "channel=sms&phone=%2B4915123456789&consent=yes&locale=en")
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceFirst("^\\.", "");
    open = optIn("ann");
    done = optIn("bob");
    gateway.postForm("/confirm/" + done, "");
  }

  @BeforeEach
  void light() {
    chromium.scripts(Scripts.ON).reads("en-GB", "UTC").looks(Looks.DESK, Scheme.LIGHT);
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingStandsInAnybodysWay(Shown page) throws IOException {
    assertThat(Looks.wrong(chromium, page.name(), page::open)).isEmpty();
  }

  @Test
  void aKeyboardIsEnoughToSubscribe() {
    chromium.open(url("/subscribe") + "?lang=en");

    tabTo("#channel-email");
    chromium.press(Keys.TAB);
    chromium.press("jane@example.com");
    tabTo("details:last-of-type summary");
    chromium.press(Keys.SPACE);
    chromium.press(Keys.TAB);
    chromium.press(Keys.SPACE);
    assertThat(chromium.all("[name=pick]:checked")).hasSize(1);
    tabTo("[name=consent]");
    chromium.press(Keys.SPACE);
    chromium.press(Keys.ENTER);

    assertThat(chromium.text()).contains("Look into your mailbox");
  }

  @Test
  void everyStopOfTheKeyboardIsSeen() {
    for (String path : List.of("/subscribe", "/preferences/HOOK", "/preferences/MAIL")) {
      chromium.open(url(path) + "?lang=en");
      List<String> unseen = new ArrayList<>();
      for (int i = 0; i < MOST_TABS; i++) {
        chromium.press(Keys.TAB);
        if (chromium.run(UNSEEN).equals("true")) {
          unseen.add(String.valueOf(chromium.focused().getDomProperty("outerHTML")));
        }
      }
      assertThat(unseen).as(path).isEmpty();
    }
  }

  private static final String UNSEEN =
      """
      const it = document.activeElement;
      if (it === document.body) return false;
      const box = it.closest('.choice, .tick') || it;
      const style = getComputedStyle(box);
      const place = box.getBoundingClientRect();
      return style.outlineStyle === 'none' || place.width < 20 || place.height < 20
        || place.bottom < 0 || place.top > innerHeight;
      """;

  @Test
  void aMistakeIsFocusedAndNothingIsRetyped() {
    chromium.open(url("/subscribe") + "?lang=en");
    chromium.find("#email").sendKeys("jane@");
    chromium.find("[name=consent]").click();
    chromium.follow("main form button");

    Awaitility.await().until(() -> "alert".equals(chromium.focused().getDomAttribute("role")));
    assertThat(chromium.find("#email").getDomProperty("value")).isEqualTo("jane@");
    assertThat(chromium.find("[name=consent]").isSelected()).isTrue();
    chromium.find(".summary a").click();
    assertThat(chromium.focused().getDomAttribute("id")).isEqualTo("email");
  }

  @Test
  void preferencesChangeWithoutScripts() {
    int id =
        create(
            "{\"channel\": \"email\", \"address\": \"calm@example.com\", \"components\": [\"web\"]}");
    String token = tokens.token(Purpose.PREFERENCES, id);
    chromium.scripts(Scripts.OFF).open(url("/preferences/" + token) + "?lang=en");

    chromium.find("[value='web:*']").click();
    chromium.find("#minImpact").sendKeys("Critical");
    chromium.follow("#other button");

    assertThat(chromium.text()).contains("Saved.");
    assertThat(gateway.subscribers.get(id).await().subscriptions().getFirst().components())
        .isNull();
  }

  @Test
  void anybodySubscribesWithoutScripts() {
    chromium.scripts(Scripts.OFF).open(url("/subscribe") + "?lang=en");

    assertThat(chromium.find("#phone").isDisplayed()).isFalse();
    chromium.find("#channel-sms").click();
    WebElement phone = chromium.find("#phone");
    assertThat(phone.isDisplayed()).isTrue();
    phone.sendKeys("+49 151 98765432");
    chromium.find("[name=consent]").click();
    chromium.follow("main form button");

    assertThat(chromium.url()).contains("/confirm/");
    assertThat(chromium.find("#code").getDomAttribute("autocomplete")).isEqualTo("one-time-code");
  }

  private static void tabTo(String selector) {
    for (int i = 0; i < MOST_TABS; i++) {
      chromium.press(Keys.TAB);
      if (chromium.focused().equals(chromium.find(selector))) {
        return;
      }
    }
    throw new AssertionError("no keyboard leads to " + selector);
  }

  private static String url(String path) {
    Purpose purpose =
        path.startsWith("/u/")
            ? Purpose.UNSUBSCRIBE
            : path.startsWith("/leave/") ? Purpose.LEAVE_LIST : Purpose.PREFERENCES;
    return "http://127.0.0.1:"
        + gateway.port()
        + path.replace("MAIL", tokens.token(purpose, mail))
            .replace("LIST", tokens.token(purpose, list))
            .replace("HOOK", tokens.token(purpose, hook))
            .replace("OPEN", open)
            .replace("DONE", done)
            .replace("CODE", code);
  }

  /** The token of its link. */
  private static String optIn(String name) {
    gateway.postForm(
        "/subscribe", "channel=email&email=" + name + "@example.com&consent=yes&locale=en");
    int id =
        gateway
            .pool
            .query("select max(id) id from opt_in")
            .execute()
            .await()
            .iterator()
            .next()
            .getInteger("id");
    return tokens.token(Purpose.CONFIRM, id);
  }

  private static int create(String json) {
    HttpResponse<String> created = gateway.call("POST", "/v1/subscribers", json);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return new JsonObject(created.body()).getInteger("id");
  }
}
