package tocsin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import tocsin.api.ListenException;
import tocsin.api.UnusableCertificateException;
import tocsin.config.SettingsException;
import tocsin.render.TemplateException;
import tocsin.store.StoreException;

/** The commands. Exit codes: 0 done, 1 failed, 2 not understood. */
@Command(
    name = "tocsin",
    description = "Customer notification gateway: incident updates to exactly the affected.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class)
public final class Main {
  private static final int HELP_WIDTH = 100;

  /** Whose appenders are {@code logback-FORMAT.xml}; empty is the first. */
  private static final Set<String> LOG_FORMATS = Set.of("text", "json", "");

  private Main() {}

  /** Ends the process. */
  public static void main(String[] arguments) {
    String format = System.getenv("LOG_FORMAT");
    if (format != null && !LOG_FORMATS.contains(format)) {
      System.err.println("LOG_FORMAT is " + format + ": must be one of text, json");
      System.exit(CommandLine.ExitCode.USAGE);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine(Shell.ofProcess()).execute(arguments));
  }

  static CommandLine commandLine(Shell shell) {
    var subscribers =
        new CommandLine(new SubscribersCommand())
            .addSubcommand(new SubscribersImportCommand(shell))
            .addSubcommand(new SubscribersExportCommand(shell));
    return new CommandLine(new Main())
        .addSubcommand(new ServeCommand(shell))
        .addSubcommand(new DemoCommand(shell))
        .addSubcommand(new ReplayCommand(shell))
        .addSubcommand(new CheckConfigCommand(shell))
        .addSubcommand(new MigrateCommand(shell))
        .addSubcommand(new ReadyCommand(shell))
        .addSubcommand(new BackupCommand(shell))
        .addSubcommand(new RestoreCommand(shell))
        .addSubcommand(subscribers)
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setUsageHelpWidth(HELP_WIDTH)
        .registerConverter(URI.class, Main::webAddress)
        .setParameterExceptionHandler(Main::misunderstood)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static URI webAddress(String written) {
    try {
      URI address = new URI(written);
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (URISyntaxException malformed) {
      // as wrong as another scheme
    }
    throw new TypeConversionException("expected http(s)://host:port");
  }

  private static int misunderstood(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println(mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  /** A mistake of the user is one message; only what we did wrong shows where. */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    return switch (failure) {
      case SettingsException settings -> say(settings, command);
      case TemplateException templates -> say(templates, command);
      case ListenException listen -> say(listen, command);
      case UnusableCertificateException certificate -> say(certificate, command);
      case StoreException store -> say(store, command);
      case FailedException failed -> say(failed, command);
      default -> throw failure;
    };
  }

  private static int say(Exception failure, CommandLine command) {
    command.getErr().println(failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
