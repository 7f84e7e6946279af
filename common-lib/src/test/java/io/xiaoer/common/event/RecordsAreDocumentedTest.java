package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ApiDocument;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /// What a reader refuses a record without is what the document promises of it.
    @ParameterizedTest
    @EnumSource(Topic.class)
    void theDocumentSaysWhichFieldsAreAlwaysThere(Topic topic) {
        var always = Arrays.stream(topic.form().getRecordComponents())
                .filter(each -> !each.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(each -> each.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT))
                .toList();

        assertThat(ApiDocument.asyncApi()
                        .at("components", "schemas", topic.form().getSimpleName()))
                .containsEntry("required", always);
    }
}
