package io.xiaoer.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/// An application whose file takes variables: what is missing of them ends its start.
@ExtendWith(OutputCaptureExtension.class)
class RequiredSettingsTest {

    @Configuration(proxyBeanMethods = false)
    static class Application {}

    @Test
    void allThatIsMissingIsNamedAtOnceWithWhatToDo(CapturedOutput output) {
        assertThatThrownBy(() -> start("--SHOP_BROKERS= ", "--shop.said-otherwise=by another", "--SHOP_PASSWORD="))
                .isInstanceOf(MissingSettings.class)
                .hasMessage("Not set: SHOP_BROKERS, SHOP_DB_URL");

        assertThat(output)
                .contains("Not set: SHOP_BROKERS, SHOP_DB_URL")
                .contains("docs/operations/configuration.md")
                .doesNotContain("\tat ");
    }

    @Test
    void whatHasAllItNeedsStarts() {
        var started = start(
                "--SHOP_DB_URL=jdbc:mariadb://db",
                "--SHOP_BROKERS=kafka:9092",
                "--SHOP_SAID_OTHERWISE=here",
                "--SHOP_PASSWORD=");

        assertThat(started).isEqualTo("jdbc:mariadb://db 5");
    }

    private static String start(String... arguments) {
        var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=required-settings");
        try (var context = application.run(arguments)) {
            var environment = context.getEnvironment();
            return Objects.requireNonNull(environment.getProperty("shop.database"))
                    + ' '
                    + environment.getProperty("shop.other");
        }
    }
}
