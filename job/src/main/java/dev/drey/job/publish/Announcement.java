package dev.drey.job.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.connectors.kafka.RunTopic;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import org.apache.flink.core.fs.Path;

/**
 * What others are told of a version that is there: its place, and its account but for what only
 * encoders read. It is read back from where it lies: what is announced can be had.
 */
public final class Announcement implements RunTopic.JsonEncoder<Publication> {

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public byte[] of(Publication publication) throws IOException {
    ObjectNode json = PublishedModel.readAccount(new Path(publication.place()));
    json.put("place", publication.place());
    json.withObject("/partitions")
        .forEach(partition -> ((ObjectNode) partition).remove(PublishedModel.LEARNT));
    return MAPPER.writeValueAsBytes(json);
  }
}
