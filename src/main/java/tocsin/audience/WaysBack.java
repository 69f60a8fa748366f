package tocsin.audience;

/** What leads from a mail back to its subscriber: its links, and the return path. */
public record WaysBack(LinkTokens tokens, ReturnPath returnPath) {}
