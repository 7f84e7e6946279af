package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.alibaba.fastjson2.JSONObject;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a client sends, the codec gives a frame or says what is wrong with it; no other exception leaves it.
class FrameFuzzTest {

    private static final int FRAMES = 20_000;
    private static final List<String> FIELDS =
            List.of("type", "id", "ts", "sid", "content", "after", "up_to", "on", "token", "kind", "text", "payload");
    private static final List<String> TYPES = List.of("send", "sync", "typing", "read", "auth", "ping", "fly", "");
    private static final String ALPHABET = "{}[]\":,\\/ \t\n\r\u0000\u0001\u007f\ufeff\u2028eE+-.0123456789truefalsnu'x"
            + "你😀\ud800\udc00@$ref#NaNInfinity*";
    private static final List<String> WHOLE = List.of(
            "{\"type\":\"send\",\"id\":\"a\",\"ts\":1700000000000,\"sid\":\"1\",\"content\":{\"kind\":\"text\",\"text\":\"hi\"}}",
            "{\"type\":\"send\",\"id\":\"a\",\"ts\":1,\"sid\":\"1\",\"content\":{\"kind\":\"image\",\"url\":\"https://a.example/b.png\"}}",
            "{\"type\":\"send\",\"id\":\"a\",\"ts\":1,\"sid\":\"1\",\"content\":{\"kind\":\"action\",\"payload\":\"p\",\"label\":\"l\"}}",
            "{\"type\":\"send\",\"id\":\"a\",\"ts\":1,\"sid\":\"1\",\"content\":{\"kind\":\"card\",\"card\":\"order\",\"order\":{}}}",
            "{\"type\":\"sync\",\"after\":\"0\",\"sid\":\"1\"}",
            "{\"type\":\"typing\",\"sid\":\"1\",\"on\":true}",
            "{\"type\":\"read\",\"sid\":\"1\",\"up_to\":\"9\"}",
            "{\"type\":\"auth\",\"token\":\"t\"}",
            "{\"type\":\"ping\"}",
            "{\"type\":\"ping\",\"x\":[{\"$ref\":\"$\"},{\"$ref\":\"..\"}]}");

    /// Four that are always tried (the last found a name that was no string), and one that never was.
    static Stream<Long> seeds() {
        return LongStream.of(1, 20261111, 618, -6534940358190305252L, new Random().nextLong())
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomCharactersAreRefusedAsBadFrames(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            read(seed, characters(random, random.nextInt(200)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mutatedFramesAreTakenOrRefused(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            var frame = new StringBuilder(WHOLE.get(random.nextInt(WHOLE.size())));
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                mutate(random, frame);
            }
            read(seed, frame.toString());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void objectsWithValuesOfEveryTypeAreTakenOrRefused(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            var json = new JSONObject();
            json.put("type", TYPES.get(random.nextInt(TYPES.size())));
            for (int fields = random.nextInt(8); fields > 0; fields--) {
                json.put(FIELDS.get(random.nextInt(FIELDS.size())), value(random, 3));
            }
            read(seed, json.toString());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatComesOnANodesChannelIsReadOrPassedOver(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            String kind = String.valueOf("mfrah ".charAt(random.nextInt(6)));
            io.xiaoer.session.delivery.PushReading.read(kind + characters(random, random.nextInt(100)));
        }
    }

    @Test
    void everyWholeFrameIsTaken() throws BadFrame {
        for (String frame : WHOLE) {
            assertThat(ClientFrame.parse(frame, true)).isNotNull();
        }
    }

    private static void read(long seed, String frame) {
        for (boolean agent : new boolean[] {false, true}) {
            try {
                assertThat(ClientFrame.parse(frame, agent)).isNotNull();
            } catch (BadFrame refused) {
                assertThat(refused.error()).isNotNull();
                assertThat(ServerFrame.error(refused.id(), refused.error(), refused.reason()))
                        .contains("\"error\"");
            } catch (RuntimeException | Error e) {
                fail("seed " + seed + ": " + JSONObject.of("frame", frame), e);
            }
        }
    }

    private static String characters(Random random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static void mutate(Random random, StringBuilder frame) {
        int at = random.nextInt(frame.length() + 1);
        int to = Math.min(frame.length(), at + random.nextInt(8));
        switch (random.nextInt(4)) {
            case 0 -> frame.delete(at, to);
            case 1 -> frame.insert(at, characters(random, 1 + random.nextInt(4)));
            case 2 -> frame.replace(at, to, characters(random, to - at));
            default -> frame.insert(at, frame.substring(at, to));
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * 1e300;
            case 2 -> random.nextBoolean();
            case 3 -> new java.math.BigInteger(200, random);
            case 4 -> new java.math.BigDecimal(new java.math.BigInteger(300, random), random.nextInt(400) - 200);
            case 5 -> characters(random, random.nextInt(20));
            case 6 -> Long.toString(random.nextLong());
            case 7 -> List.of(value(random, depth - 1));
            default ->
                JSONObject.of(
                        FIELDS.get(random.nextInt(FIELDS.size())),
                        value(random, depth - 1),
                        "kind",
                        List.of("text", "image", "action", "card", "notice").get(random.nextInt(5)));
        };
    }
}
