package dev.drey.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.drey.job.cli.ClusterJob;
import dev.drey.job.run.SmallRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Validates deploy/flink against the custom resource definitions of the operator's release 1.10.0,
 * the newest jar in Maven Central. It does not know Flink 2, so its list of versions is ignored.
 */
class KubernetesResourcesTest {

  private static final ObjectMapper YAML = new YAMLMapper();

  private static JsonNode resource(String file) throws IOException {
    Path path = SmallRun.HOME.resolve("deploy/flink").resolve(file);
    return YAML.readTree(path.toFile());
  }

  private static JsonSchema definition(String kind) throws IOException {
    String name =
        "/META-INF/fabric8/" + kind.toLowerCase(Locale.ROOT) + "s.flink.apache.org-v1.yml";
    try (InputStream in = KubernetesResourcesTest.class.getResourceAsStream(name)) {
      JsonNode schema =
          YAML.readTree(Objects.requireNonNull(in, name))
              .at("/spec/versions/0/schema/openAPIV3Schema");
      if (schema.at("/properties/spec/properties/flinkVersion") instanceof ObjectNode version) {
        version.remove("enum");
      }
      ((ObjectNode) schema.path("properties").path("spec")).put("additionalProperties", false);
      close(schema.at("/properties/spec"));
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
  }

  /** Kubernetes refuses unknown fields; JSON Schema needs an explicit keyword for that. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(KubernetesResourcesTest::close);
  }

  private static Set<ValidationMessage> faults(JsonNode resource) throws IOException {
    return definition(resource.path("kind").asText()).validate(resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.yaml", "session.yaml", "session-job.yaml"})
  void aResourceIsAsTheOperatorsDefinitionHasIt(String file) throws Exception {
    JsonNode resource = resource(file);

    assertThat(resource.path("apiVersion").asText()).isEqualTo("flink.apache.org/v1beta1");
    assertThat(faults(resource)).isEmpty();
  }

  @Test
  void aResourceThatIsWrongIsFound() throws Exception {
    ObjectNode resource = (ObjectNode) resource("application.yaml");
    ((ObjectNode) resource.at("/spec/job")).put("parallelism", "four").put("paralelism", 4);
    ((ObjectNode) resource.at("/spec/job")).put("upgradeMode", "sometimes");

    assertThat(faults(resource)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.yaml", "session-job.yaml"})
  void aJobRunsTheJobJarsProgram(String file) throws Exception {
    assertThat(resource(file).at("/spec/job/entryClass").asText())
        .isEqualTo(ClusterJob.class.getName());
  }
}
