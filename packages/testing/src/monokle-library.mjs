// The types that the package ships name packages it doesn't install, so ours stand beside this file instead.
export {
  AnnotationSuppressor, DefaultPluginLoader, DisabledFixer, FingerprintSuppressor, MonokleValidator, processRefs,
  ResourceParser, SchemaLoader,
} from '@monokle/validation';
