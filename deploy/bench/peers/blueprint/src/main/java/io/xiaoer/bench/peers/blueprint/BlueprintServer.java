package io.xiaoer.bench.peers.blueprint;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.nio.file.Files;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/// Starts a node: `PORT` and `REDIS_URL` stand in the environment.
public final class BlueprintServer {
    private static final int THREADS = 64;
    private static final int IDLE_THREADS = 10;

    private BlueprintServer() {}

    public static void main(String[] words) throws Exception {
        Rooms.open(told("REDIS_URL"));
        var tomcat = start(Integer.parseInt(told("PORT")));
        tomcat.getServer().await();
    }

    private static Tomcat start(int port) throws Exception {
        var base = Files.createTempDirectory("blueprint");
        base.toFile().deleteOnExit();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector(port));
        var context = tomcat.addContext("", null);
        // Filters, of which that of WebSockets is one, are asked for addresses alone to which a servlet answers.
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> deploy((ServerContainer)
                        Objects.requireNonNull(servlets.getAttribute(ServerContainer.class.getName()))),
                null);
        tomcat.start();
        return tomcat;
    }

    private static Connector connector(int port) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        connector.setProperty("minSpareThreads", Integer.toString(IDLE_THREADS));
        return connector;
    }

    private static void deploy(ServerContainer container) {
        try {
            container.addEndpoint(ChatEndpoint.class);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String told(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
