import { useRef, useState } from 'react'
import type { ImportSource } from '../../../../shared/api/registry.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import type { FileFault } from './files.ts'
import { fileFault, merged } from './files.ts'
import styles from './Import.module.css'

/** Files dropped or chosen, shown before anything is sent. */
export function ChooseFiles({
  source,
  onBack,
  onFiles,
}: {
  readonly source: ImportSource
  readonly onBack: () => void
  readonly onFiles: (files: readonly File[]) => void
}) {
  const words = useWords()
  const w = words.district.imports
  const picker = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<readonly File[]>([])
  const [faults, setFaults] = useState<readonly FileFault[]>([])
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const now = [...(list ?? [])]
    setFaults(now.flatMap((file) => fileFault(file) ?? []))
    setFiles((had) =>
      merged(
        had,
        now.filter((file) => !fileFault(file)),
      ),
    )
  }
  return (
    <Card title={w.filesTitle(w.sources[source].name)} sub={w.sources[source].file}>
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <strong>{w.drop}</strong>
        <span className="quiet">{w.dropHint}</span>
        <Button onClick={() => picker.current?.click()}>
          <Icon name="file" /> {w.choose}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept=".csv,.zip,.txt"
          aria-label={w.choose}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      </div>
      {faults.map((fault) => (
        <Banner key={fault.name} tone="warn" live="polite">
          {w[fault.kind](fault.name)}
        </Banner>
      ))}
      {files.length > 0 && (
        <ul className={styles.files}>
          {files.map((file) => (
            <li key={file.name}>
              <Icon name="file" />
              <span>{file.name}</span>
              <span>{w.size(file.size / 1024)}</span>
              <Button look="quiet" aria-label={w.removeFile(file.name)} onClick={() => setFiles(files.filter((f) => f !== file))}>
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={tools.inline}>
        <Button onClick={onBack}>{words.common.back}</Button>
        <Button look="primary" cannot={files.length === 0 ? w.noFiles : undefined} showWhy onClick={() => onFiles(files)}>
          {w.read}
        </Button>
      </div>
    </Card>
  )
}
