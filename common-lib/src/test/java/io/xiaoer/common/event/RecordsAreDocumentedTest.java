package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ApiDocument;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The AsyncAPI document and the records that travel name the same fields.
class RecordsAreDocumentedTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                BotQuery.class,
                MessageStored.class,
                SessionChanged.class,
                CommerceCommand.class,
                CommerceEvent.class,
                PlatformOrder.class,
                ShopSettings.class
            })
    void theDocumentNamesTheFieldsOfARecord(Class<?> type) {
        var fields = Arrays.stream(type.getRecordComponents())
                .map(each -> each.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT))
                .toList();

        assertThat(ApiDocument.asyncApi().at("components", "schemas", type.getSimpleName(), "properties"))
                .containsOnlyKeys(fields);
    }
}
