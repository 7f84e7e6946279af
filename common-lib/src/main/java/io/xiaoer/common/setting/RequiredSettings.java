package io.xiaoer.common.setting;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/// Ends the start where the environment lacks a variable that `application.yml` takes without a default,
/// `${DB_URL}`. Found through `spring.factories`, so that no service can forget it. Left to itself such a text
/// goes for a value: as an address it is refused in words that do not name it, and a client of Kafka waits
/// for it for ever.
public final class RequiredSettings implements ApplicationListener<ApplicationPreparedEvent> {

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");
    /// An empty one may be meant.
    private static final String PASSWORD = "_PASSWORD";

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        var missing = missing(event.getApplicationContext().getEnvironment());
        if (!missing.isEmpty()) {
            throw new MissingSettings(missing);
        }
    }

    private static SortedSet<String> missing(ConfigurableEnvironment environment) {
        var missing = new TreeSet<String>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof OriginTrackedMapPropertySource file) {
                Stream.of(file.getPropertyNames())
                        .flatMap(property -> inForce(environment, property).stream())
                        .flatMap(RequiredSettings::named)
                        .filter(variable -> isMissing(environment, variable))
                        .forEach(missing::add);
            }
        }
        return missing;
    }

    /// What counts of a property, as it is written: another source than the file may name it, without a
    /// variable.
    private static Optional<String> inForce(ConfigurableEnvironment environment, String property) {
        var name = ConfigurationPropertyName.adapt(property, '.');
        for (var source : ConfigurationPropertySources.get(environment)) {
            var found = source.getConfigurationProperty(name);
            if (found != null) {
                return Optional.ofNullable(found.getValue()).map(Object::toString);
            }
        }
        return Optional.empty();
    }

    private static Stream<String> named(String value) {
        return WITHOUT_DEFAULT.matcher(value).results().map((MatchResult found) -> found.group(1));
    }

    private static boolean isMissing(ConfigurableEnvironment environment, String variable) {
        var value = environment.getProperty(variable);
        return value == null || (value.isBlank() && !variable.endsWith(PASSWORD));
    }
}
