package tocsin.selfservice;

import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;

/** What leads from a mail back to its subscriber: its links, and the return path. */
public record WaysBack(LinkTokens tokens, ReturnPath returnPath) {}
