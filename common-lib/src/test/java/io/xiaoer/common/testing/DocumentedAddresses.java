package io.xiaoer.common.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// The OpenAPI document and a service's controllers name the same operations. A service's `ArchitectureTest` runs this
/// over the service's own classes: who adds an address adds it to
/// `gateway-service/src/main/resources/docs/openapi.yaml`.
///
/// Addresses between services are not part of the public interface and must never stand there.
public final class DocumentedAddresses {

    private static final String PUBLIC = "/api/";
    /// What the contract names outside `/api`; the handshake is the AsyncAPI document's.
    private static final Set<String> PUBLIC_TOO = Set.of("/graphql");

    @ArchTest
    static void theDocumentNamesEveryPublicAddressAndNoOther(JavaClasses classes) {
        var service = Path.of("").toAbsolutePath().getFileName().toString();

        Assertions.assertThat(ApiDocument.openApi().operationsOf(service))
                .as("operations of %s in openapi.yaml", service)
                .isNotEmpty()
                .isEqualTo(mapped(classes));
    }

    private static Set<String> mapped(JavaClasses classes) {
        var operations = new TreeSet<String>();
        classes.stream()
                .filter(each -> each.isMetaAnnotatedWith(Controller.class))
                .map(each -> each.reflect())
                .forEach(controller -> Arrays.stream(controller.getDeclaredMethods())
                        .flatMap(method -> operations(controller, method))
                        .forEach(operations::add));
        return operations;
    }

    private static Stream<String> operations(Class<?> controller, Method method) {
        var mapping =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(RequestMapping.class);
        if (!mapping.isPresent()) {
            return Stream.of();
        }
        var shared = MergedAnnotations.from(controller, SearchStrategy.TYPE_HIERARCHY)
                .get(RequestMapping.class);
        var prefixes = shared.isPresent() ? paths(shared.getStringArray("path")) : List.of("");
        return prefixes.stream()
                .flatMap(
                        prefix -> paths(mapping.getStringArray("path")).stream().map(path -> prefix + path))
                .filter(path -> path.startsWith(PUBLIC) || PUBLIC_TOO.contains(path))
                .flatMap(path -> Arrays.stream(mapping.getEnumArray("method", RequestMethod.class))
                        .map(verb -> ApiDocument.operation(verb.name(), path)));
    }

    private static List<String> paths(String[] paths) {
        return paths.length == 0 ? List.of("") : List.of(paths);
    }

    private DocumentedAddresses() {}
}
