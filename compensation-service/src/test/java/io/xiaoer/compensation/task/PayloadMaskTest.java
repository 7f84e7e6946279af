package io.xiaoer.compensation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.problem.FieldError;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.RestJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

/// What people see of a payload, and what becomes of it when they have changed something in it.
class PayloadMaskTest {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    @ParameterizedTest
    @CsvSource({
        "phone, 13812345678, 138****5678",
        "mobile, 12345, ****",
        "receiver, 李雷, 李*",
        "consignee, James, J****",
        "address, 浙江省杭州市西湖区文三路1号, 浙江省杭州市****",
        "token, s3cret-value, ****",
        "password, 1, ****",
        "text, call 13812345678, call 138****5678",
        "text, write to james.li@example.com, write to j****@example.com",
        "text, nothing to hide, nothing to hide",
        "user_id, 13812345678, 13812345678"
    })
    void aValueIsShownMaskedAndPutBackWhenAnotherIsChanged(String name, String value, String shown) {
        var original = object(name, value);

        assertThat(shown(original)).isEqualTo(object(name, shown));
        assertThat(restored("{\"n\":2,\"%s\":\"%s\"}".formatted(name, shown), original))
                .isEqualTo("{\"n\":2,\"%s\":\"%s\"}".formatted(name, value));
    }

    @Test
    void aReferenceIsShownAsItStands() {
        assertThat(shown("{\"a\":{\"$ref\":\"..\"}}")).isEqualTo("{\"a\":{\"$ref\":\"..\"}}");
    }

    @Test
    void aPhoneThatIsANumberStaysOne() {
        assertThat(shown("{\"phone\":13812345678}")).isEqualTo("{\"phone\":\"138****5678\"}");
        assertThat(restored("{\"phone\":\"138****5678\",\"n\":1}", "{\"phone\":13812345678}"))
                .isEqualTo("{\"phone\":13812345678,\"n\":1}");
    }

    @Test
    void whatIsWrittenAnewIsSentAsItIsWritten() {
        assertThat(restored(
                        "{\"phone\":\"13999991111\",\"receiver\":null,\"stars\":\"***\"}",
                        "{\"phone\":\"13812345678\",\"receiver\":\"李雷\"}"))
                .contains("\"13999991111\"", "\"***\"")
                .doesNotContain("李");
        refused("{\"phone\":\"138****5678\"}", "plain words", "payload.phone");
        assertThat(restored("{\"note\":\"5*5\",\"phone\":\"12\"}", "plain words"))
                .isEqualTo("{\"note\":\"5*5\",\"phone\":\"12\"}");
        assertThat(restored("{\"a\":1}", null)).isEqualTo("{\"a\":1}");
    }

    @Test
    void anObjectThatIsWrittenAsTextIsEditedAsOne() {
        var body = "{\"receiver\":\"李雷\",\"phone\":\"13812345678\",\"city\":\"杭州\"}";
        var original = object("body", body);

        assertThat(shown(original))
                .isEqualTo(object("body", "{\"receiver\":\"李*\",\"phone\":\"138****5678\",\"city\":\"杭州\"}"));
        assertThat(restored(
                        object("body", "{\"receiver\":\"李*\",\"phone\":\"138****5678\",\"city\":\"上海\"}"), original))
                .isEqualTo(object("body", body.replace("杭州", "上海")));
    }

    @Test
    void anObjectInTextWithinATextIsEditedAsOne() {
        var original = object("body", object("data", object("phone", "13812345678")));
        var edited = "{\"phone\":\"138****5678\",\"n\":1}";

        assertThat(shown(original)).isEqualTo(object("body", object("data", object("phone", "138****5678"))));
        assertThat(restored(object("body", object("data", edited)), original))
                .isEqualTo(object("body", object("data", "{\"phone\":\"13812345678\",\"n\":1}")));
    }

    @Test
    void anObjectInTextThatIsNotTouchedStaysCharacterByCharacter() {
        var original = object("body", "{ \"phone\" : \"13812345678\", \"n\" : 1.50 }");

        assertThat(restored(shown(original), original)).isEqualTo(original);
        assertThat(restored(object("note", "{ \"n\" : 1 }"), original)).isEqualTo(object("note", "{ \"n\" : 1 }"));
    }

    @Test
    void elementsOfAListArePutBackByTheirNumber() {
        var original = people(person("李雷", "13812345678", 1), person("李梅", "13912345678", 2));
        var first = person("李*", "138****5678", 1);
        var second = person("李*", "139****5678", 2);
        var third = person("韩梅", "13700002222", 3);

        assertThat(restored(people(first, person("李*", "139****5678", 9), third), original))
                .isEqualTo(people(person("李雷", "13812345678", 1), person("李梅", "13912345678", 9), third));
        refused(people(second, first), original, "payload.to[0].phone");
        refused(people(second), original, "payload.to[0].phone");
        refused(people(first, second, second), original, "payload.to[2].receiver");
    }

    @Test
    void theNewestPayloadIsAskedBeforeTheOriginal() {
        var original = "{\"phone\":\"13812345678\",\"receiver\":\"李雷\",\"tel\":\"13700002222\"}";
        var newest = "{\"phone\":\"13899995678\",\"receiver\":\"韩梅\"}";

        assertThat(restored(
                        "{\"phone\":\"138****5678\",\"receiver\":\"韩*\",\"tel\":\"137****2222\"}", newest, original))
                .isEqualTo("{\"phone\":\"13899995678\",\"receiver\":\"韩梅\",\"tel\":\"13700002222\"}");
        assertThat(restored("{\"receiver\":\"李*\"}", newest, original)).isEqualTo("{\"receiver\":\"李雷\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"note\":\"138****5678\"}|payload.note",
                "{\"note\":\"ask 138****5678\"}|payload.note",
                "{\"contact\":\"李*\"}|payload.contact",
                "{\"note\":[\"138****5678\"]}|payload.note[0]",
                "{\"note\":{\"phone\":\"138****5678\"}}|payload.note.phone",
                "{\"note\":\"{\\\"phone\\\":\\\"138****5678\\\"}\"}|payload.note.phone"
            })
    void aMaskIsNotTakenToAnotherPlace(String edited, String field) {
        refused(edited, "{\"phone\":\"13812345678\",\"receiver\":\"李雷\"}", field);
    }

    @ParameterizedTest
    @CsvSource({
        "phone, 13812345678, +86 138****5678",
        "phone, 13812345678, 138****56789999",
        "phone, +8613812345678, 138****5678",
        "address, 浙江省杭州市西湖区文三路1号, 浙江省杭州市****2楼",
        "text, call 13812345678 now, please call 138****5678 at once",
        "text, id 11010519491231002X, his id 110105********002X",
        "text, card 6222020200112233446, the ****3446",
        "text, mail james.li@example.com sent, to j****@example.com",
        "text, use Basic bWVyY2hhbnQ6c2VjcmV0, with Basic ****",
        "text, eyJhbGciOiJSUzI1NiJ9 end, with eyJ****",
        "text, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw end, with whsec_****"
    })
    void aTextThatIsChangedAroundAMaskIsRefused(String name, String before, String edited) {
        refused(object(name, edited), object(name, before), "payload." + name);
        refused(object("note", edited), object("body", object(name, before)), "payload.note");
    }

    private static void refused(String edited, String original, String field) {
        assertThatThrownBy(() -> restored(edited, original))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
                });
    }

    private static String person(String name, String phone, int number) {
        return "{\"receiver\":\"%s\",\"phone\":\"%s\",\"n\":%d}".formatted(name, phone, number);
    }

    private static String people(String... people) {
        return "{\"to\":[" + String.join(",", people) + "]}";
    }

    private static String object(String name, String value) {
        return "{\"" + name + "\":" + JSON.toJSONString(value) + "}";
    }

    private static String shown(String payload) {
        return JSON.toJSONString(PayloadMask.shown(bytes(payload)));
    }

    private static String restored(String edited, @Nullable String original) {
        return restored(edited, null, original);
    }

    /// Reads what a person sends as the border does.
    private static String restored(String edited, @Nullable String newest, @Nullable String original) {
        var body = RestJson.mapper().readValue(edited, OBJECT);
        return new String(PayloadMask.restored(body, bytes(newest), bytes(original)), StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable String payload) {
        return payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
    }
}
