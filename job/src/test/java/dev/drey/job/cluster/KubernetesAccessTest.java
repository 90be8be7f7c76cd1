package dev.drey.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drey.job.run.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the resources of deploy/flink let their pods do, and who may reach them. */
class KubernetesAccessTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path RESOURCES = SmallRun.HOME.resolve("deploy/flink");
  private static final int REST = 8081;

  private static JsonNode deployment(String file) throws IOException {
    return YAML.readTree(RESOURCES.resolve(file).toFile());
  }

  /** Resources of access.yaml. */
  private static List<JsonNode> all(String kind) throws IOException {
    return YAML
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(RESOURCES.resolve("access.yaml").toFile())
        .readAll()
        .stream()
        .filter(resource -> resource.path("kind").asText().equals(kind))
        .toList();
  }

  private static JsonNode named(String kind, String name) throws IOException {
    return all(kind).stream()
        .filter(resource -> resource.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("access.yaml has no " + kind + " " + name));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.yaml", "application.yaml"})
  void aPodIsNotRootGainsNothingAndWritesOnlyItsVolumes(String file) throws Exception {
    JsonNode pod = deployment(file).at("/spec/podTemplate/spec");

    JsonNode security = pod.path("securityContext");
    assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(security.path("runAsUser").asInt()).isEqualTo(9999);
    assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.path("containers")).isNotEmpty();
    for (JsonNode container : pod.path("containers")) {
      JsonNode own = container.path("securityContext");
      assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(texts(own.at("/capabilities/drop"))).containsExactly("ALL");
      assertThat(container.path("volumeMounts"))
          .extracting(mount -> mount.path("mountPath").asText())
          .contains("/tmp", "/opt/flink/log");
    }
  }

  @Test
  void theImageIsNotRootEither() throws Exception {
    assertThat(Files.readAllLines(RESOURCES.resolve("Dockerfile")))
        .filteredOn(line -> line.startsWith("USER"))
        .last()
        .isEqualTo("USER 9999:9999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.yaml", "application.yaml"})
  void theRestServiceStaysInTheClusterAndIsForNoPageOfAnotherSite(String file) throws Exception {
    JsonNode configuration = deployment(file).at("/spec/flinkConfiguration");

    assertThat(configuration.path("kubernetes.rest-service.exposed.type").asText())
        .isEqualTo("ClusterIP");
    // A name that can never be a site.
    assertThat(configuration.path("web.access-control-allow-origin").asText()).endsWith(".invalid");
    assertThat(configuration.path("web.cancel.enable").asText()).isEqualTo("false");
    assertThat(configuration.path("web.submit.enable").asText())
        .isEqualTo(String.valueOf(file.equals("session.yaml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.yaml", "application.yaml"})
  void restIsOpenToTheOperatorAlone(String file) throws Exception {
    String cluster = deployment(file).at("/metadata/name").asText();
    JsonNode policy = named("NetworkPolicy", cluster).path("spec");
    JsonNode own = policy.at("/podSelector/matchLabels");
    assertThat(own.path("app").asText()).isEqualTo(cluster);
    assertThat(texts(policy.path("policyTypes"))).containsExactly("Ingress", "Egress");

    int operators = 0;
    for (JsonNode rule : policy.path("ingress")) {
      assertThat(rule.path("from")).hasSize(1); // without one, everybody
      JsonNode from = rule.at("/from/0");
      if (from.at("/podSelector/matchLabels").equals(own) && !from.has("namespaceSelector")) {
        continue;
      }
      assertThat(from.at("/namespaceSelector/matchLabels")).isNotEmpty();
      assertThat(rule.path("ports")).hasSize(1); // without one, all of them
      int port = rule.at("/ports/0/port").asInt();
      if (port == REST) {
        operators++;
        assertThat(from.at("/podSelector/matchLabels/app.kubernetes.io~1name").asText())
            .isEqualTo("flink-kubernetes-operator");
      } else {
        assertThat(deployment(file).at("/spec/flinkConfiguration"))
            .contains(new TextNode(String.valueOf(port)));
      }
    }
    assertThat(operators).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drey-session", "drey-run"})
  void aPodDoesNotReachTheMetadataOfItsNode(String policy) throws Exception {
    for (JsonNode rule : named("NetworkPolicy", policy).at("/spec/egress")) {
      assertThat(rule.path("to")).isNotEmpty();
      for (JsonNode to : rule.path("to")) {
        if (to.has("ipBlock")) {
          assertThat(texts(to.at("/ipBlock/except"))).contains("169.254.0.0/16");
          assertThat(rule.path("ports")).isNotEmpty();
        }
      }
    }
  }

  @Test
  void aRoleAllowsWhatFlinkNeedsByName() throws Exception {
    assertThat(all("Role")).hasSize(2);
    assertThat(all("ClusterRole")).isEmpty();
    for (JsonNode role : all("Role")) {
      for (JsonNode rule : role.path("rules")) {
        assertThat(texts(rule.path("verbs"))).isNotEmpty().doesNotContain("*");
        assertThat(texts(rule.path("resources")))
            .isSubsetOf("pods", "configmaps", "deployments", "deployments/finalizers");
        assertThat(texts(rule.path("apiGroups"))).isSubsetOf("", "apps");
      }
    }
    for (JsonNode rule : named("Role", "drey-taskmanager").path("rules")) {
      assertThat(texts(rule.path("resources"))).containsExactly("configmaps");
      assertThat(texts(rule.path("verbs"))).containsExactly("get", "list", "watch");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.yaml", "application.yaml"})
  void thePodsHaveTheAccountsOfTheseRoles(String file) throws Exception {
    JsonNode spec = deployment(file).path("spec");
    Set<String> accounts = new TreeSet<>();
    accounts.add(spec.path("serviceAccount").asText());
    accounts.add(
        spec.path("flinkConfiguration").path("kubernetes.taskmanager.service-account").asText());

    assertThat(accounts).containsExactly("drey-jobmanager", "drey-taskmanager");
    for (String account : accounts) {
      assertThat(named("ServiceAccount", account)).isNotEmpty();
      JsonNode binding = named("RoleBinding", account);
      assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
      assertThat(binding.at("/roleRef/kind").asText()).isEqualTo("Role");
      assertThat(binding.at("/roleRef/name").asText()).isEqualTo(account);
    }
  }
}
