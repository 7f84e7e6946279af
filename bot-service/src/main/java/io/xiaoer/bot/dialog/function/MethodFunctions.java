package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/// The annotated methods of beans, compared with the catalogue once, called by name.
public final class MethodFunctions implements Functions, AutoCloseable {

    /// Where the catalogue of the built-in functions stands.
    static final String CATALOGUE = "dialog/functions.yml";

    /// What is left for the words about a call that failed.
    private static final Duration MARGIN = Duration.ofMillis(200);

    private final Catalogue catalogue;
    private final Map<String, Target> targets;
    private final FunctionMeters meters;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MethodFunctions(Catalogue catalogue, Map<String, Target> targets, FunctionMeters meters) {
        this.catalogue = catalogue;
        this.targets = targets;
        this.meters = meters;
    }

    /// A method of a bean.
    private record Target(Object bean, Method method) {
        Class<?> in() {
            return method.getParameterTypes()[0];
        }
    }

    /// The functions of these beans, by the catalogue on the class path.
    ///
    /// @throws IllegalStateException if beans and catalogue differ, with all differences
    static MethodFunctions of(Collection<?> beans, FunctionMeters meters) {
        Resource resource = new ClassPathResource(CATALOGUE);
        try {
            String text = resource.exists() ? resource.getContentAsString(StandardCharsets.UTF_8) : "{}";
            return of(beans, CATALOGUE, text, meters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The functions of these beans.
    ///
    /// @throws IllegalStateException if beans and catalogue differ, with all differences
    public static MethodFunctions of(Collection<?> beans, String file, String text, FunctionMeters meters) {
        var targets = new TreeMap<String, Target>();
        beans.forEach(bean -> collect(bean, targets));
        var named = new HashMap<String, Type>();
        targets.values().forEach(target -> {
            named.putAll(JavaTypes.named(target.method().getGenericReturnType()));
            named.putAll(JavaTypes.named(target.in()));
        });
        try {
            var catalogue = Catalogue.read(file, text, named);
            compare(catalogue, targets);
            return new MethodFunctions(catalogue, targets, meters);
        } catch (InvalidFile e) {
            throw new IllegalStateException("the catalogue of functions is wrong:\n" + e.getMessage(), e);
        }
    }

    private static void collect(Object bean, Map<String, Target> targets) {
        Map<Method, DialogFunction> methods = MethodIntrospector.selectMethods(
                AopUtils.getTargetClass(bean), (MethodIntrospector.MetadataLookup<DialogFunction>)
                        method -> AnnotationUtils.findAnnotation(method, DialogFunction.class));
        methods.forEach((method, annotation) -> {
            method.setAccessible(true);
            if (targets.put(annotation.value(), new Target(bean, method)) != null) {
                throw new IllegalStateException("two methods are the function " + annotation.value());
            }
        });
    }

    private static void compare(Catalogue catalogue, Map<String, Target> targets) {
        var differences = new StringBuilder();
        targets.keySet().stream()
                .filter(name -> catalogue.get(name) == null)
                .forEach(name -> differences.append("\n").append(name).append(" is not in the catalogue"));
        catalogue.all().values().forEach(spec -> {
            Target target = targets.get(spec.name());
            if (target == null) {
                differences.append("\n").append(spec.name()).append(" has no method");
            } else {
                compare(spec, target, differences);
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalStateException("functions and their catalogue differ:" + differences);
        }
    }

    private static void compare(FunctionSpec spec, Target target, StringBuilder differences) {
        var parameters = target.method().getParameterTypes();
        if (parameters.length != 2 || !parameters[0].isRecord() || parameters[1] != Call.class) {
            differences.append("\n").append(spec.name()).append(" must take a record and a Call");
            return;
        }
        var components = new TreeMap<String, RecordComponent>();
        Arrays.stream(parameters[0].getRecordComponents())
                .forEach(component -> components.put(Values.name(component), component));
        if (!components.keySet().equals(spec.arguments().keySet())) {
            differences
                    .append("\n")
                    .append(spec.name())
                    .append(" takes ")
                    .append(components.keySet())
                    .append(", and the catalogue says ")
                    .append(spec.arguments().keySet());
            return;
        }
        components.forEach((name, component) -> {
            FunctionSpec.Argument argument = spec.arguments().get(name);
            boolean mayMiss = argument != null && argument.optional() && argument.otherwise() == null;
            if (argument != null && !JavaTypes.takes(component.getType(), argument.type())
                    || mayMiss && !JavaTypes.isOptional(component)) {
                differences
                        .append("\n")
                        .append(spec.name())
                        .append(": ")
                        .append(name)
                        .append(mayMiss ? " must be @Nullable and of the catalogue's type" : " is of another type");
            }
        });
        Type out = JavaTypes.of(target.method().getGenericReturnType());
        if (!out.fits(spec.out()) || (out instanceof Type.Many) != (spec.out() instanceof Type.Many)) {
            differences.append("\n").append(spec.name()).append(" returns another type than the catalogue says");
        }
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public @Nullable Object call(FunctionSpec function, Map<String, Object> arguments, Call call) {
        Target target = targets.get(function.name());
        if (target == null) {
            throw new CallFailed(CallFailed.Reason.REFUSED, "there is no such function");
        }
        Object in = bound(function, target, arguments);
        long begun = meters.begin();
        try {
            Object out = plain(invoke(target, in, function, call));
            meters.called(function.name(), null, begun);
            return out;
        } catch (CallFailed e) {
            meters.called(function.name(), e.reason(), begun);
            throw e;
        }
    }

    private static Object bound(FunctionSpec function, Target target, Map<String, Object> arguments) {
        var given = new HashMap<>(arguments);
        function.arguments().forEach((name, argument) -> {
            if (argument.otherwise() != null) {
                given.putIfAbsent(name, argument.otherwise());
            }
        });
        try {
            return Values.bind(target.in(), given);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new CallFailed(CallFailed.Reason.REFUSED, "the arguments do not fit", e);
        }
    }

    /// What a function returned, as a dialog remembers it. One that returned too much for that may have
    /// written all the same.
    private static @Nullable Object plain(@Nullable Object returned) {
        try {
            return Values.plain(returned);
        } catch (ArithmeticException e) {
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "the function returned a number that is too long", e);
        }
    }

    private @Nullable Object invoke(Target target, Object in, FunctionSpec function, Call call) {
        var left = call.deadline().leftWithin(function.timeout().plus(MARGIN)).minus(MARGIN);
        if (!left.isPositive()) {
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "no time is left");
        }
        var own = new Call(
                call.buyer(),
                call.sessionId(),
                call.idempotencyKey(),
                call.language(),
                Deadline.in(left, call.deadline().clock()));
        var answer = threads.submit(() -> target.method().invoke(target.bean(), in, own));
        try {
            return answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() instanceof InvocationTargetException inner ? inner.getCause() : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static CallFailed failure(@Nullable Throwable cause) {
        return cause instanceof CallFailed known
                ? known
                : new CallFailed(CallFailed.Reason.UNAVAILABLE, "the function failed", cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
