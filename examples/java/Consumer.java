import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows wirespin's alerts with nothing but kafka-clients and Jackson, from the beginning of the topic.
 *
 * <pre>
 *   mvn -f examples/java/pom.xml dependency:copy-dependencies
 *   java -cp 'examples/java/target/dependency/*' examples/java/Consumer.java localhost:9092 wirespin.alerts
 * </pre>
 *
 * A third argument ends it after so many seconds without a record. Every consumer of wirespin's events has three rules
 * to keep: an id that was seen is dropped (delivery is at least once), the last event of a key stands, and a record
 * without a value takes its key back.
 *
 * It reads all from the beginning at each start, which is the simplest way to know what stands: the topic is compacted.
 * To go on where it was, store the offsets where you store what they led to; examples/sql shows it.
 */
public final class Consumer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SEEN_KEPT = 10_000;

  private final Map<String, JsonNode> standing = new HashMap<>();
  private final Set<String> seen =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > SEEN_KEPT;
            }
          });

  public static void main(String[] arguments) throws Exception {
    long idle = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE / 1_000;
    new Consumer().follow(arguments[0], arguments[1], idle);
  }

  private void follow(String broker, String topic, long idle) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker);
    settings.put("enable.auto.commit", "false"); // no group: partitions are assigned by hand
    StringDeserializer text = new StringDeserializer();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
      List<TopicPartition> places =
          consumer.partitionsFor(topic).stream().map(one -> new TopicPartition(topic, one.partition())).toList();
      consumer.assign(places);
      consumer.seekToBeginning(places);
      long last = System.currentTimeMillis();
      while (System.currentTimeMillis() - last < idle * 1_000) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          take(record.key(), record.value());
          last = System.currentTimeMillis();
        }
      }
    }
  }

  private void take(String key, String value) throws Exception {
    if (value == null) {
      JsonNode gone = standing.remove(key);
      if (gone != null) {
        System.out.println("withdrawn  " + gone.path("id").asText());
      }
      return;
    }
    JsonNode alert = JSON.readTree(value); // fields that you do not know: ignore them
    if (alert.path("schema_version").asInt() != 1 || !seen.add(alert.path("id").asText())) {
      return;
    }
    boolean changed = standing.put(key, alert) != null;
    System.out.println((changed ? "changed  " : "alert  ") + line(alert));
  }

  private static String line(JsonNode alert) {
    JsonNode original = alert.path("original");
    JsonNode copy = alert.path("copy");
    JsonNode framing = alert.path("framing");
    return String.format(
        java.util.Locale.ROOT,
        "%s  %.2f  %s: %s  ->  %s: %s  [%s]",
        alert.path("id").asText(),
        framing.path("score").asDouble(),
        original.path("wire").asText(original.path("id").asText()),
        original.path("headline").asText(),
        copy.path("publisher").asText(copy.path("id").asText()),
        copy.path("headline").asText(),
        framing.path("devices").path(0).path("device").asText()); // the strongest comes first
  }
}
