package tocsin.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tocsin.chart.Manifests.PrometheusRule;
import tocsin.chart.Manifests.ServiceMonitor;
import tocsin.config.Key;
import tocsin.config.Settings;

/** The chart under real Helm: what is installed, and which values it refuses with what words. */
class ChartTest {
  private static final String LEAST =
      """
      config: {public.url: "https://notify.example.com"}
      secrets: {database.url: {existingSecret: tocsin-db, key: url}}
      """;

  private static final String SECRETS =
      """
      secrets: {database.url: {existingSecret: tocsin-db, key: url}}
      """;

  private static final String PROXIES =
      """
      config: {public.url: "https://notify.example.com", http.proxies: 10.0.0.0/8}
      """;

  private final Chart chart;

  ChartTest(@TempDir Path folder) {
    chart = new Chart(folder);
  }

  static Stream<String> matrix() {
    return Stream.of(
        LEAST,
        LEAST + "replicaCount: 1\n",
        LEAST + "autoscaling: {enabled: true, targetPending: 5000}\n",
        LEAST + "networkPolicy: {enabled: false}\n",
        LEAST + "migration: job\nimage: {pullSecrets: [registry]}\n",
        LEAST + "serviceAccount: {create: false}\nfullnameOverride: status\n",
        SECRETS
            + PROXIES
            + "httpRoute: {enabled: true, parentRefs: [{name: edge}], hostnames: [a.example]}\n",
        LEAST + "messageTemplates: {texts: {email__update.txt: 'Hello'}}\n",
        LEAST + "files: {dkim: {secret: dkim}, logo: {configMap: logo}}\n",
        LEAST + "tolerations: [{key: a, operator: Exists}]\nnodeSelector: {disk: fast}\n",
        Chart.example("local.yaml"),
        Chart.example("production.yaml"));
  }

  @Test
  void theStrictestLintFindsNothing() {
    LintResult result = Chart.lint();

    assertThat(result.isFailed()).as(String.valueOf(result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyManifestIsOfItsTypeAndEveryContainerRestricted(String values) {
    Manifests manifests = chart.render(values);

    PodSpec gateway = pod(manifests);
    PodSpec ready = manifests.the(Pod.class).getSpec();
    Stream.concat(
            Stream.of(gateway, ready),
            manifests.all(Job.class).map(job -> job.getSpec().getTemplate().getSpec()))
        .forEach(ChartTest::isRestricted);
    assertThat(manifests.text()).doesNotContain("<no value>");
  }

  private static void isRestricted(PodSpec pod) {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isGreaterThanOrEqualTo(10_000);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    for (Container container : pod.getContainers()) {
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
    }
  }

  @Test
  void aClusterThatAssignsUsersMayDoSo() {
    PodSecurityContext own = pod(chart.render(LEAST)).getSecurityContext();
    PodSecurityContext assigned = pod(chart.render(LEAST + "user: null\n")).getSecurityContext();

    assertThat(own.getFsGroup()).isEqualTo(own.getRunAsUser()).isEqualTo(10_001);
    assertThat(assigned.getRunAsUser()).isNull();
    assertThat(assigned.getFsGroup()).isNull();
    assertThat(assigned.getRunAsNonRoot()).isTrue();
  }

  @Test
  void probesAskTheManagementPortAndDrainTimesAddUp() {
    Manifests manifests = chart.render(LEAST + "drain: {preStopSeconds: 5, timeoutSeconds: 40}\n");
    Container container = pod(manifests).getContainers().getFirst();

    assertThat(
            Stream.of(
                container.getStartupProbe(),
                container.getReadinessProbe(),
                container.getLivenessProbe()))
        .allSatisfy(
            probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
    assertThat(container.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(5);
    assertThat(properties(manifests)).contains("drain.timeout=PT40S");
    assertThat(pod(manifests).getTerminationGracePeriodSeconds()).isEqualTo(5 + 40 + 12);
  }

  @Test
  void whatTheChartWritesTheGatewayUnderstands(@TempDir Path folder) throws Exception {
    String values =
        LEAST
            + """
            messageTemplates: {texts: {email__update.txt: "Hello"}}
            """;
    Manifests manifests =
        chart.render(
            values.replace(
                "config: {",
                "config: {optin.per.hour: 1000000, smtp.host: relay.example.com, smtp.port: 2525, mail.from: a@example.com,"
                    + " brand.name: 'Ümläut \\ Söhne', "));
    Path file = Files.writeString(folder.resolve("tocsin.properties"), settings(manifests, folder));

    Settings settings =
        Settings.load(file, Map.of("TOCSIN_DATABASE_URL", "postgresql://a:b@localhost/tocsin"));

    assertThat(settings.optIn().perHour()).isEqualTo(1_000_000);
    assertThat(settings.smtp().port()).isEqualTo(2525);
    assertThat(settings.brand().name()).isEqualTo("Ümläut \\ Söhne");
    assertThat(settings.drain().timeout()).hasSeconds(30);
  }

  /** With folders that are there. */
  private static String settings(Manifests manifests, Path folder) {
    return properties(manifests).replace("/etc/tocsin/templates", folder.toString());
  }

  @Test
  void everySettingIsTheChartsOwnOrAValueAndNoSecretIsInTheOpen() throws IOException {
    Map<String, Object> schema =
        new Yaml().load(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
    Set<String> own =
        Set.of(
            "http.host",
            "http.port",
            "management.host",
            "management.port",
            "data.dir",
            "templates.dir",
            "drain.delay",
            "drain.timeout");

    assertThat(keys(schema, "secrets"))
        .containsExactlyInAnyOrderElementsOf(named(Key::secret).toList());
    assertThat(keys(schema, "config"))
        .containsExactlyInAnyOrderElementsOf(
            named(key -> !key.secret()).filter(key -> !own.contains(key)).toList());
  }

  private static Stream<String> named(Predicate<Key> which) {
    return Arrays.stream(Key.values()).filter(which).map(Key::property);
  }

  private static Set<String> keys(Map<String, Object> schema, String section) {
    Map<?, ?> properties = (Map<?, ?>) schema.get("properties");
    Map<?, ?> within = (Map<?, ?>) ((Map<?, ?>) properties.get(section)).get("properties");
    return within.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
  }

  @Test
  void secretsOfYoursAreMountedAndNoneIsMade() {
    Manifests manifests = chart.render(Chart.example("production.yaml"));

    assertThat(manifests.find(Secret.class)).isEmpty();
    List<EnvVar> environment = pod(manifests).getContainers().getFirst().getEnv();
    assertThat(environment)
        .anySatisfy(variable -> {
          assertThat(variable.getName()).isEqualTo("TOCSIN_TWILIO_AUTH_TOKEN_FILE");
          assertThat(variable.getValue()).isEqualTo("/etc/tocsin/secrets/twilio.auth.token");
        });
    assertThat(manifests.the(Job.class).getMetadata().getAnnotations())
        .containsEntry(Chart.HOOK, "pre-install,pre-upgrade");
  }

  @Test
  void aSecretForATrialIsInASecretAndNowhereElse() {
    Manifests manifests = chart.render(Chart.example("local.yaml"));

    assertThat(manifests.the(Secret.class).getData()).containsOnlyKeys("database.url", "admin.key");
    assertThat(manifests.text()).doesNotContain("a-key-for-a-trial-only", "tocsin-trial");
  }

  @Test
  void whoInstallsItIsToldWhatIsMissing() {
    assertThat(chart.notes(LEAST))
        .contains("2 pods of ghcr.io/tocsin/tocsin:0.1.0", "port-forward", "secrets.admin.key");
    assertThat(chart.notes(Chart.example("production.yaml")))
        .contains("https://notify.example.com/")
        .doesNotContain("port-forward", "secrets.admin.key");
  }

  @Test
  void podsRollWhenWhatTheyReadChanges() {
    Map<String, String> before = annotations(LEAST);
    Map<String, String> after =
        annotations(LEAST.replace("config: {", "config: {sms.segments: 3, "));

    assertThat(before.get("checksum/config")).isNotEqualTo(after.get("checksum/config"));
    assertThat(before.get("checksum/secret")).isEqualTo(after.get("checksum/secret"));
    assertThat(annotations(LEAST)).isEqualTo(before);
  }

  private Map<String, String> annotations(String values) {
    return chart
        .render(values)
        .the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations();
  }

  @Test
  void aSinglePodHasNoBudgetThatBlocksDrains() {
    assertThat(chart.render(LEAST + "replicaCount: 1\n").find(PodDisruptionBudget.class)).isEmpty();
    assertThat(chart.render(LEAST).the(PodDisruptionBudget.class).getSpec().getMaxUnavailable())
        .satisfies(most -> assertThat(most.getIntVal()).isEqualTo(1));
  }

  @Test
  void autoscalingDecidesAloneHowManyPodsThereAre() {
    Manifests manifests =
        chart.render(LEAST + "autoscaling: {enabled: true, targetPending: 5000}\n");

    assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isNull();
    assertThat(manifests.the(HorizontalPodAutoscaler.class).getSpec().getMetrics())
        .extracting(metric -> metric.getType())
        .containsExactly("Resource", "External");
    assertThat(
            manifests
                .the(HorizontalPodAutoscaler.class)
                .getSpec()
                .getBehavior()
                .getScaleDown()
                .getStabilizationWindowSeconds())
        .isEqualTo(300);
  }

  @Test
  void webhooksReachTheWorldWithoutWhatIsPrivateInIt() {
    NetworkPolicy policy = chart.render(LEAST).the(NetworkPolicy.class);

    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getEgress())
        .flatExtracting(rule -> rule.getTo())
        .filteredOn(to -> to.getIpBlock() != null && !to.getIpBlock().getExcept().isEmpty())
        .extracting(to -> to.getIpBlock().getExcept())
        .anySatisfy(except ->
            assertThat(except)
                .contains(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "100.64.0.0/10"))
        .anySatisfy(except -> assertThat(except).contains("fc00::/7", "fe80::/10"));
    assertThat(chart.render(LEAST + "networkPolicy: {enabled: false}\n").find(NetworkPolicy.class))
        .isEmpty();
  }

  @Test
  void whoIsNoPodOfTheClusterReachesThePagesWhereItIsAllowed() {
    NetworkPolicy policy =
        chart
            .render(LEAST + "networkPolicy: {ingressCidrs: [198.51.100.0/24, '2001:db8::/32']}\n")
            .the(NetworkPolicy.class);

    assertThat(policy.getSpec().getIngress().getFirst().getFrom())
        .filteredOn(from -> from.getIpBlock() != null)
        .extracting(from -> from.getIpBlock().getCidr())
        .containsExactly("198.51.100.0/24", "2001:db8::/32");
  }

  @Test
  void theTestPodReachesWhatItAsks() {
    Manifests manifests = chart.render(Chart.example("production.yaml"));
    Map<String, String> test =
        manifests.the(Pod.class, "acme-tocsin-test").getMetadata().getLabels();

    assertThat(manifests.the(NetworkPolicy.class).getSpec().getIngress())
        .filteredOn(rule -> rule.getPorts().getFirst().getPort().getStrVal().equals("management"))
        .flatExtracting(rule -> rule.getFrom())
        .filteredOn(from -> from.getPodSelector() != null)
        .anySatisfy(from ->
            assertThat(test.entrySet())
                .containsAll(from.getPodSelector().getMatchLabels().entrySet()));
  }

  @Test
  void mailGoesOutByThePortThatIsSet() {
    NetworkPolicy policy =
        chart
            .render(
                """
                config: {public.url: "https://a.example", smtp.host: a.example, smtp.port: 465}
                secrets: {database.url: {existingSecret: a, key: b}}
                """)
            .the(NetworkPolicy.class);

    assertThat(policy.getSpec().getEgress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .contains(465, 443, 8443)
        .doesNotContain(587);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://otel.observability:4318/v1/traces | {}                       | 4318
          http://otel.observability/v1/traces      | {}                       | 80
          https://otel.observability/v1/traces     | {podLabels: {app: otel}} | 443
          https://otel.example.com:4318/v1/traces  | {cidr: 10.1.0.0/16}      | 4318
          """)
  void theCollectorOfTracesIsReachedByItsPort(String endpoint, String where, int port) {
    assertThat(toCollector(endpoint, where, port)).hasSize(1);
  }

  @Test
  void aCollectorAtAPortOfWebhooksOpensNoPrivateOneToThem() {
    assertThat(toCollector("https://otel.example.com/v1/traces", "{}", 443)).isEmpty();
  }

  @Test
  void withoutTracesNoPodIsReachedForThem() {
    assertThat(toCollector("", "{}", 4318)).isEmpty();
  }

  /** The ways to pods and blocks by that port alone. */
  private List<NetworkPolicyEgressRule> toCollector(String endpoint, String where, int port) {
    String config = "config: {public.url: 'https://a.example', trace.endpoint: '%s'}\n";
    String secrets = "secrets: {database.url: {existingSecret: a, key: b}}\n";
    String policy = "networkPolicy: {collector: %s}\n";
    return chart
        .render((config + secrets + policy).formatted(endpoint, where))
        .the(NetworkPolicy.class)
        .getSpec()
        .getEgress()
        .stream()
        .filter(rule -> rule.getPorts().size() == 1 && rule.getTo().size() == 1)
        .filter(rule -> rule.getPorts().getFirst().getPort().getIntVal() == port)
        .toList();
  }

  @Test
  void theMigrationRunsWhereTheGatewayDoesAndWithItsFiles() {
    Job job =
        chart
            .render(
                LEAST
                    + "migration: job\n"
                    + "nodeSelector: {pool: apps}\n"
                    + "tolerations: [{key: apps, operator: Exists}]\n"
                    + "files: {ca: {secret: ca}}\n"
                    + "env: {PGSOMETHING: a}\n")
            .the(Job.class);

    PodSpec pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getNodeSelector()).containsEntry("pool", "apps");
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .contains("/etc/tocsin/files/ca");
    assertThat(pod.getContainers().getFirst().getEnv())
        .extracting(variable -> variable.getName())
        .contains("JAVA_TOOL_OPTIONS", "PGSOMETHING");
  }

  @Test
  void whoScrapesFindsEveryPodAndEveryAlertHasARunbook() throws IOException {
    Manifests manifests = chart.render(Chart.example("production.yaml"));
    String readme = Files.readString(Path.of("README.md"));

    Map<String, String> looksFor =
        manifests.the(ServiceMonitor.class).spec().selector().get("matchLabels");
    assertThat(
            manifests
                .the(Service.class, "acme-tocsin-management")
                .getMetadata()
                .getLabels()
                .entrySet())
        .containsAll(looksFor.entrySet());
    assertThat(manifests.the(PrometheusRule.class).spec().groups())
        .flatExtracting(group -> group.rules())
        .hasSizeGreaterThan(7)
        .allSatisfy(rule -> {
          assertThat(rule.annotations()).containsKeys("summary", "runbook_url");
          assertThat(readme).contains("`" + rule.alert() + "`");
        });
    assertThat(manifests.the(ConfigMap.class, "acme-tocsin-dashboard").getData().get("tocsin.json"))
        .contains("tocsin_pending");
  }

  @Test
  void numbersKeepTheirFractionsAndOffIsAWord() {
    Manifests manifests =
        chart.render(
            SECRETS
                + """
                config:
                  public.url: https://a.example
                  trace.recipients: 0.25
                  optin.per.hour: 1000000
                  smtp.starttls: off
                """);

    assertThat(properties(manifests))
        .contains("trace.recipients=0.25\n", "optin.per.hour=1000000\n", "smtp.starttls=off\n");
  }

  @Test
  void twilioIsReachedWhateverThePortsOfEndpoints() {
    NetworkPolicy policy =
        chart
            .render(LEAST + "networkPolicy: {webhookPorts: [8443]}\n")
            .the(NetworkPolicy.class, "acme-tocsin");

    assertThat(policy.getSpec().getEgress())
        .anySatisfy(rule ->
            assertThat(rule.getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(8443, 443));
  }

  @Test
  void anIngressOrARouteLeadsToThePages() {
    Ingress ingress = chart.render(Chart.example("production.yaml")).the(Ingress.class);
    HTTPRoute route =
        chart
            .render(SECRETS + PROXIES + "httpRoute: {enabled: true, parentRefs: [{name: edge}]}\n")
            .the(HTTPRoute.class);

    assertThat(ingress.getSpec().getTls().getFirst().getSecretName())
        .isEqualTo("notify-example-com");
    assertThat(route.getSpec().getRules().getFirst().getBackendRefs().getFirst().getName())
        .isEqualTo("acme-tocsin");
  }

  @Test
  void templatesComeFromAConfigMap() {
    Manifests manifests =
        chart.render(LEAST + "messageTemplates: {texts: {email__update.txt: 'Hello'}}\n");

    assertThat(manifests.the(ConfigMap.class, "acme-tocsin-templates").getData())
        .containsEntry("email__update.txt", "Hello");
    assertThat(pod(manifests).getVolumes())
        .filteredOn(volume -> volume.getName().equals("templates"))
        .extracting(volume -> volume.getConfigMap().getName())
        .containsExactly("acme-tocsin-templates");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "replicas: 3 | replicas",
        "config: {public.url: 'https://a.example', smpt.host: b} | smpt.host",
        "config: {public.url: 'https://a.example', smtp.password: b} | smtp.password",
        "config: {smtp.host: a} | config.public.url is required",
        "secrets: {} | secrets.database.url is required",
        "secrets: {database.url: {existingSecret: a}} | key",
        "secrets: {database.url: {existingSecret: a, key: b, value: c}} | oneOf",
        "bounceService: {enabled: true} | config.bounce.port",
        "config: {public.url: 'https://a.example', bounce.port: 25} | above 1023",
        "autoscaling: {enabled: true, minReplicas: 9} | more than autoscaling.maxReplicas",
        "httpRoute: {enabled: true} | httpRoute.parentRefs",
        "ingress: {enabled: true} | ingress.host",
        "ingress: {enabled: true, host: a.example} | config.http.proxies is required",
        "fullnameOverride: a.b | fullnameOverride",
        "podLabels: {app.kubernetes.io/name: other} | app.kubernetes.io/name",
        "migration: sometimes | migration",
        "drain: {marginSeconds: 1} | marginSeconds",
        "image: {digest: 'sha256:12'} | digest",
        "config: {public.url: 'not a url'} | public.url",
        "config: {public.url: 'https://a.example', smtp.port: 70000} | smtp.port",
        "config: {public.url: 'https://a.example', smtp.connections: 1.5} | smtp.connections",
        "config: {public.url: 'https://a.example', sms.segments: 11} | sms.segments",
        "config: {public.url: 'https://a.example', sms.countries: NO} | sms.countries",
        "config: {public.url: 'https://a.example', smtp.starttls: never} | smtp.starttls",
        "config: {public.url: 'https://a.example', trace.recipients: 2} | trace.recipients",
        "config: {public.url: 'https://a.example', retention.left: 3 years} | retention.left",
        "config: {public.url: 'https://a.example', bounce.port: 8080} | neither 8080 nor 9090",
        "config: {public.url: 'https://a.example', http.tls.key: a.pem} | http.tls.certificate",
        "secrets: {database.url: {existingSecret: a, key: b}, admin.key: {value: short}} | admin.key",
        "env: {TOCSIN_SMTP_HOST: a} | TOCSIN_SMTP_HOST"
      })
  void aWrongValueIsRefusedInWordsThatNameIt(String wrong, String word) {
    String section = wrong.substring(0, wrong.indexOf(':'));
    String rest =
        LEAST.lines().filter(kept -> !kept.startsWith(section)).collect(Collectors.joining("\n"));

    assertThatThrownBy(() -> chart.render(wrong + "\n" + rest)).hasMessageContaining(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics: {serviceMonitor: {enabled: true}} | monitoring.coreos.com/v1/ServiceMonitor",
        "metrics: {prometheusRule: {enabled: true}} | monitoring.coreos.com/v1/PrometheusRule",
        "httpRoute: {enabled: true, parentRefs: [{name: edge}]} | gateway.networking.k8s.io/v1/HTTPRoute"
      })
  void aKindThatTheClusterLacksIsNamed(String wanted, String kind, @TempDir Path folder) {
    String values = SECRETS + PROXIES + wanted;

    assertThatCode(() -> chart.render(values)).doesNotThrowAnyException();
    assertThatCode(() -> new Chart(folder.resolve("has")).on(kind).render(values))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Chart(folder.resolve("lacks")).on("batch/v1/Job").render(values))
        .hasMessageContaining("this cluster has no " + kind);
  }

  private static PodSpec pod(Manifests manifests) {
    return manifests.the(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static String properties(Manifests manifests) {
    return manifests.the(ConfigMap.class, "acme-tocsin").getData().get("tocsin.properties");
  }
}
