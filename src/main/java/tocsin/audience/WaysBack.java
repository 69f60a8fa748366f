package tocsin.audience;

/** What leads from a mail back to its subscriber: the link to leave by, and the return path. */
public record WaysBack(UnsubscribeTokens tokens, ReturnPath returnPath) {}
