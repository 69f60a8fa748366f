package tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** npm's undici (a pool) and axios (an agent that keeps connections), 64 requests at a time. */
final class NodeClients {
  private static final String SCRIPT =
      """
      import { createHmac } from 'node:crypto';
      import http from 'node:http';

      const [client, url, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
      const body = Buffer.from(process.argv[5]);
      const key = Buffer.alloc(32, 7);
      const path = new URL(url).pathname;
      const headers = (n) => {
        const id = 'msg_' + n, at = Math.floor(Date.now() / 1000);
        const mac = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64');
        return { 'content-type': 'application/json', 'webhook-id': id,
          'webhook-timestamp': String(at), 'webhook-signature': 'v1,' + mac };
      };

      const senders = {
        undici: async () => {
          const { Pool } = await import('undici');
          const pool = new Pool(new URL(url).origin, { connections: 64 });
          return async (n) => {
            const answer = await pool.request({ path, method: 'POST', headers: headers(n), body });
            await answer.body.dump();
            return answer.statusCode;
          };
        },
        axios: async () => {
          const { default: axios } = await import('axios');
          const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 64 });
          const poster = axios.create({ httpAgent });
          return async (n) => (await poster.post(url, body, { headers: headers(n) })).status;
        },
      };
      const send = await senders[client]();
      let next = 0;
      const worker = async () => {
        while (next < count) {
          if (await send(next++) !== 204) throw new Error('not accepted');
        }
      };
      const begun = process.hrtime.bigint();
      await Promise.all(Array.from({ length: 64 }, worker));
      console.log(count / (Number(process.hrtime.bigint() - begun) / 1e9));
      process.exit(0);
      """;

  private final Path script;
  private final String body;

  private NodeClients(Path script, String body) {
    this.script = script;
    this.body = body;
  }

  /**
   * Installs them below the benchmarks' folder.
   *
   * @throws IOException where there is no npm, or no registry
   */
  static NodeClients install(String body) throws IOException, InterruptedException {
    Path script = Options.FOLDER.resolve("post.mjs");
    Files.writeString(script, SCRIPT);
    if (!Files.isDirectory(Options.FOLDER.resolve("node_modules/undici"))
        || !Files.isDirectory(Options.FOLDER.resolve("node_modules/axios"))) {
      Tool.run(
          "npm",
          "install",
          "--no-audit",
          "--no-fund",
          "--prefix",
          Options.FOLDER.toString(),
          "undici@6",
          "axios@1");
    }
    return new NodeClients(script, body);
  }

  /** Requests a second. */
  double run(String client, String url, int count) throws IOException, InterruptedException {
    String printed =
        Tool.run("node", script.toString(), client, url, Integer.toString(count), body);
    return Double.parseDouble(printed.strip());
  }
}
