package tocsin.chart;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** What the chart makes, each as its Kubernetes type: a field that the type does not have fails. */
final class Manifests {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NoRoomForMore())
          .build();

  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Pod", Pod.class),
          Map.entry("v1/Secret", Secret.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("batch/v1/Job", Job.class),
          Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
          Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class));

  private final String text;
  private final List<Object> all;

  Manifests(String text) {
    this.text = text;
    this.all =
        StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
            .filter(Objects::nonNull)
            .map(document -> typed((Map<?, ?>) document))
            .toList();
  }

  private static Object typed(Map<?, ?> document) {
    String kind = document.get("apiVersion") + "/" + document.get("kind");
    return STRICT.convertValue(
        document, Objects.requireNonNull(TYPES.get(kind), "no type for " + kind));
  }

  String text() {
    return text;
  }

  <T> Stream<T> all(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }

  <T> Optional<T> find(Class<T> type) {
    return all(type).findFirst();
  }

  <T> T the(Class<T> type) {
    return find(type).orElseThrow(() -> new AssertionError("no " + type.getSimpleName()));
  }

  <T extends HasMetadata> T the(Class<T> type, String name) {
    return all(type)
        .filter(one -> one.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** The types of the library take whatever they do not know; so that they do not. */
  private static final class NoRoomForMore extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
      return false;
    }
  }

  /** As the Prometheus operator documents it. */
  record PrometheusRule(String apiVersion, String kind, Metadata metadata, Rules spec) {
    record Rules(List<Group> groups) {}

    record Group(String name, List<Rule> rules) {}

    record Rule(
        String alert,
        String expr,
        @JsonProperty("for") String since,
        Map<String, String> labels,
        Map<String, String> annotations) {}
  }

  /** As the Prometheus operator documents it. */
  record ServiceMonitor(String apiVersion, String kind, Metadata metadata, Spec spec) {
    record Spec(Map<String, Map<String, String>> selector, List<Endpoint> endpoints) {}

    record Endpoint(
        String port, String path, String interval, List<Map<String, Object>> relabelings) {}
  }

  record Metadata(String name, Map<String, String> labels) {}
}
