package tocsin.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The installed Chromium, which reaches nothing but this machine. Skips the tests where it is
 * missing, fails them where the environment says {@code CI=true}.
 */
public final class Chromium implements AutoCloseable {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String AXE = resource("/axe.min.js");
  private static final String RULES =
      """
      const done = arguments[arguments.length - 1];
      axe.run({
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      }).then(
        result => done(result.violations.flatMap(violation =>
          violation.nodes.map(node => violation.id + ': ' + node.html + ' ' + node.failureSummary))),
        failure => done(['axe: ' + failure]));
      """;

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  public static Chromium start() {
    boolean there = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(there, "Chromium is not installed");
    }
    assertThat(there).as("Chromium is installed").isTrue();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.setPageLoadTimeout(LONGEST);
    options.setScriptTimeout(LONGEST);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  /** Light or dark. */
  public enum Scheme {
    LIGHT,
    DARK
  }

  /** As on a screen of that width, in CSS pixels. */
  public Chromium looks(int width, Scheme scheme) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    String name = scheme == Scheme.DARK ? "dark" : "light";
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", name),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  /** As a reader whose machine speaks that language and runs by that clock. */
  public Chromium reads(String language, String zone) {
    command(
        "Emulation.setUserAgentOverride",
        Map.of("userAgent", "Chromium of a test", "acceptLanguage", language));
    command("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    return this;
  }

  /** Whether scripts of pages run from the next page on. */
  public Chromium scripts(Scripts scripts) {
    command("Emulation.setScriptExecutionDisabled", Map.of("value", scripts == Scripts.OFF));
    return this;
  }

  /** Whether pages may run scripts. */
  public enum Scripts {
    ON,
    OFF
  }

  void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  public Chromium open(String url) {
    driver.get(url);
    return this;
  }

  public String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Presses what leads to another page, and waits for that. */
  public Chromium follow(String selector) {
    WebElement page = find("html");
    find(selector).click();
    Awaitility.await()
        .atMost(LONGEST)
        .until(() -> gone(page) && run("return document.readyState").equals("complete"));
    return this;
  }

  private static boolean gone(WebElement element) {
    try {
      element.getTagName();
      return false;
    } catch (StaleElementReferenceException expected) {
      return true;
    }
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What the page shows as words. */
  public String text() {
    return find("body").getText();
  }

  /** What a script returns, as text. */
  public String run(String script) {
    return String.valueOf(driver.executeScript(script));
  }

  /** To whatever has the focus. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** What breaks WCAG 2.2 AA or a best practice, by axe, each with its element. */
  public List<String> violations() {
    driver.executeScript(AXE);
    return driver.executeAsyncScript(RULES) instanceof List<?> found
        ? found.stream().map(String::valueOf).toList()
        : List.of("axe did not answer");
  }

  /** By how many pixels the page is wider than the screen. */
  public int overflow() {
    return number("scrollWidth") - number("clientWidth");
  }

  private int number(String property) {
    return Integer.parseInt(run("return document.documentElement." + property));
  }

  /** The whole page as a PNG file. */
  public void picture(Path file) throws IOException {
    int height = number("scrollHeight");
    int width = number("clientWidth");
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    File shot = driver.getScreenshotAs(OutputType.FILE);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.copy(shot.toPath(), file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends the browser and its driver. */
  @Override
  public void close() {
    driver.quit();
  }

  private static String resource(String name) {
    try (InputStream stream = Chromium.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
