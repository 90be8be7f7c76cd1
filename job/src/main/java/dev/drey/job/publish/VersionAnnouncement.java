package dev.drey.job.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.connectors.kafka.RunTopic;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import org.apache.flink.core.fs.Path;

/**
 * The announcement of a published version: its place, and its account without the statistics of the
 * encoders. The account is read back from the published files, so an announced version exists.
 */
public final class VersionAnnouncement implements RunTopic.JsonEncoder<Publication> {

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
