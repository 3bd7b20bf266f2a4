package dev.gaon.gov.label;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** XML inside of files that others made: no document type, so no entities; nothing is fetched; depth is bounded. */
final class Xml {

    private static final String DEPTH = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";

    /** Stays silent: without one, the parser prints to standard error. */
    private static final ErrorHandler SILENT = new DefaultHandler() {
        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }
    };

    private Xml() {}

    /** Throws if it is no well-formed XML, or has a document type. {@code format} is named in the message. */
    static Document parse(byte[] xml, String format) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute(DEPTH, "256");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(SILENT);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException e) {
            throw LabelException.damaged(format, "XML", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML parser knows these settings", e);
        }
    }

    /** Without an XML declaration. */
    static String write(Node node) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("a parsed document can be written", e);
        }
    }

    static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** Children of this local name. */
    static List<Element> named(Element parent, String name) {
        return elements(parent.getChildNodes()).stream()
                .filter(child -> name.equals(child.getLocalName()))
                .toList();
    }

    /** The first child of this local name; refused if there is none. */
    static Element only(Element parent, String name, String format) {
        List<Element> children = named(parent, name);
        if (children.isEmpty()) {
            throw LabelException.damaged(format, "no " + name);
        }
        return children.get(0);
    }

    /** All below of this local name. */
    static List<Element> below(Element parent, String name) {
        return elements(parent.getElementsByTagNameNS("*", name));
    }

    /** A new element of the name space and with the prefix of another. */
    static Element child(Document document, Element like, String name) {
        return document.createElementNS(
                like.getNamespaceURI(), like.getPrefix() == null ? name : like.getPrefix() + ":" + name);
    }
}
