package tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** npm's nodemailer with a pool of 8 connections, each mail personal. */
final class Nodemailer {
  private static final String SCRIPT =
      """
      import { createTransport } from 'nodemailer';

      const [port, count, octets] = process.argv.slice(2).map(Number);
      const words = 'Requests to the web application fail or are slow. ';
      const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, pool: true,
        maxConnections: 8, maxMessages: Infinity });
      const half = words.repeat(Math.ceil(octets / 2 / words.length));
      let next = 0;
      const worker = async () => {
        while (next < count) {
          const n = next++;
          await transport.sendMail({ from: 'status@example.com', to: `person.${n}@example.org`,
            subject: 'Web is slow', text: half + n, html: `<p>${half}${n}</p>`,
            list: { unsubscribe: { url: `https://status.example.com/u/${n}` } } });
        }
      };
      const begun = process.hrtime.bigint();
      await Promise.all(Array.from({ length: 64 }, worker));
      console.log(count / (Number(process.hrtime.bigint() - begun) / 1e9));
      transport.close();
      """;

  private final Path script;
  private final int octets;

  private Nodemailer(Path script, int octets) {
    this.script = script;
    this.octets = octets;
  }

  /**
   * Installs it below the benchmarks' folder.
   *
   * @throws IOException where there is no npm, or no registry
   */
  static Nodemailer install(int octets) throws IOException, InterruptedException {
    Path script = Options.FOLDER.resolve("mail.mjs");
    Files.writeString(script, SCRIPT);
    if (!Files.isDirectory(Options.FOLDER.resolve("node_modules/nodemailer"))) {
      Tool.run(
          "npm",
          "install",
          "--no-audit",
          "--no-fund",
          "--prefix",
          Options.FOLDER.toString(),
          "nodemailer@7");
    }
    return new Nodemailer(script, octets);
  }

  /** Mails a second. */
  double run(int port, int mails) throws IOException, InterruptedException {
    String printed =
        Tool.run(
            "node",
            script.toString(),
            Integer.toString(port),
            Integer.toString(mails),
            Integer.toString(octets));
    return Double.parseDouble(printed.strip());
  }
}
