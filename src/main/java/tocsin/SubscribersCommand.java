package tocsin;

import picocli.CommandLine.Command;

/** Holds the commands that move subscribers in and out. */
@Command(
    name = "subscribers",
    description = "Imports and exports subscribers through a running gateway.",
    synopsisSubcommandLabel = "COMMAND")
final class SubscribersCommand {}
