package dev.gaon.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints, and the versions of libraries as their own jars state them. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "gaon " + own(), "LangChain4j " + of("dev.langchain4j", "langchain4j-core") + ", Java " + Runtime.version()
        };
    }

    static String own() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? of("dev.gaon", "sdk-core") : version;
    }

    /** The version in the Maven properties of a jar on the class path; {@code "?"} if there are none. */
    static String of(String group, String artifact) {
        String place = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Version.class.getResourceAsStream(place)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "?");
        } catch (IOException e) {
            return "?";
        }
    }
}
